/** A plugin broke: it threw, ran too long, used too much memory, ended itself or answered nonsense. `message` names it. */
export class PluginError extends Error {
  override readonly name = "PluginError";
}
