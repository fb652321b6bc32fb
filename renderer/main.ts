import '@fontsource-variable/inter/opsz.css';
import '@fontsource-variable/source-serif-4/opsz.css';
import '@fontsource/ibm-plex-mono/400.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/text.css';
import './styles/table.css';
import './styles/float.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { connectCore, coreKey } from './core';
import { createHost } from './host';

async function start(): Promise<void> {
  const core = await connectCore(createHost());
  createApp(App).use(createPinia()).provide(coreKey, core).mount('#app');
}

start().catch((error: unknown) => {
  const words = document.createElement('p');
  const reason = error instanceof Error ? error.message : String(error);
  words.textContent = `MoE Lab could not reach its engine (${reason}). Close this page and start MoE Lab again.`;
  document.getElementById('app')?.replaceChildren(words);
});
