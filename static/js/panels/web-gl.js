/** Whether the browser draws in three dimensions at all. */
export function hasWebGl() {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
