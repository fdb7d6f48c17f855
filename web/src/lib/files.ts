/** Files out of what was dropped or chosen, folders included, each with its path. */

export interface Chosen {
  file: File;
  /** Relative, with `/`; the file's name where it stood alone. */
  path: string;
}

/** Reads a drop. It must be called in the event itself: afterwards the browser has forgotten the entries. */
export function dropped(transfer: DataTransfer): Promise<Chosen[]> {
  const entries = Array.from(transfer.items)
    .filter((item) => item.kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return Promise.all(
    entries.map(async ({ entry, file }) => {
      if (entry) return walk(entry, "");
      return file ? [{ file, path: file.name }] : [];
    }),
  ).then((lists) => lists.flat().filter(wanted));
}

export function chosen(list: FileList): Chosen[] {
  return Array.from(list)
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }))
    .filter(wanted);
}

/** Files out of the clipboard; a picture of the screen has no name of its own there. */
export function pasted(transfer: DataTransfer): Chosen[] {
  return Array.from(transfer.files).map((file) => {
    const isUnnamed = /^image\.\w+$/.test(file.name);
    const moment = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", "-");
    return { file, path: isUnnamed ? file.name.replace("image", `image ${moment}`) : file.name };
  });
}

/** What file managers leave behind is nobody's document. */
export function wanted({ path }: { path: string }): boolean {
  return !path.split("/").some((part) => part.startsWith(".") || part === "Thumbs.db" || part === "desktop.ini");
}

async function walk(entry: FileSystemEntry, above: string): Promise<Chosen[]> {
  const path = above ? `${above}/${entry.name}` : entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ file, path }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Chosen[] = [];
  // A reader gives a hundred at a time, and nothing when there are no more.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const one of some) found.push(...(await walk(one, path)));
  }
}
