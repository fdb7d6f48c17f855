import { render } from "preact";
import { begin } from "./state/session";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/parts.css";
import "./styles/tables.css";
import "./styles/documents.css";
import "./styles/chat.css";
import "./styles/source.css";
import "./styles/looks.css";
import "./styles/pages.css";
import { App } from "./views/app";

render(<App />, document.getElementById("app")!);
void begin();
