import { start } from '@/shell/start'
import App from './App.vue'
import { gate, routes } from './routes'

void start({ name: '医保移动支付接入审核', app: App, routes, gate })
