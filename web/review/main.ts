import { start } from '@/shell/start'
import App from './App.vue'
import { gate, routes } from './routes'
import { texts } from './site'

void start({ texts, app: App, routes, gate })
