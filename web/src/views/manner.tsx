/** Which model answers, and how freely it writes. */

import { useEffect, useState } from "preact/hooks";
import { loadModels, manner, models } from "../state/asking";
import { words } from "../state/settings";
import { Button, Dialog, Field, IconButton } from "./parts";

export function MannerChoice() {
  const w = words.value.chat;
  const [open, setOpen] = useState(false);
  useEffect(() => void loadModels(), []);
  const known = models.value;
  // The built-in answerer quotes: there is nothing to choose.
  if (!known || known.models.every((one) => one === "extractive")) return null;
  const { model, temperature } = manner.value;
  const isSet = model !== null || temperature !== null;
  return (
    <>
      <IconButton icon="sliders" label={isSet ? `${w.manner}: ${model ?? known.default_model}` : w.manner} aria-pressed={isSet} onClick={() => setOpen(true)} />
      {open && (
        <Dialog title={w.manner} onClose={() => setOpen(false)}>
          <Field label={w.model}>
            {(id) => (
              <select
                id={id}
                value={model ?? ""}
                onChange={(event) => {
                  manner.value = { ...manner.value, model: event.currentTarget.value || null };
                }}
              >
                <option value="">{w.defaultModel(known.default_model)}</option>
                {known.models.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={temperature === null ? w.temperature : `${w.temperature}: ${temperature.toFixed(1)}`} hint={w.temperatureHint}>
            {(id) => (
              <input
                id={id}
                type="range"
                min={0}
                max={2}
                step={0.1}
                value={temperature ?? 0.2}
                aria-valuetext={temperature === null ? w.asServer : temperature.toFixed(1)}
                onInput={(event) => {
                  manner.value = { ...manner.value, temperature: Number(event.currentTarget.value) };
                }}
              />
            )}
          </Field>
          <footer>
            <Button
              disabled={!isSet}
              onClick={() => {
                manner.value = { model: null, temperature: null };
              }}
            >
              {w.asServer}
            </Button>
            <Button look="main" onClick={() => setOpen(false)}>
              {words.value.done}
            </Button>
          </footer>
        </Dialog>
      )}
    </>
  );
}
