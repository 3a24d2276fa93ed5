import { start } from '@/shell/start'
import App from './App.vue'
import { gate } from './gate'
import { routes } from './routes'

void start({ name: '医药机构医保移动支付接入申请', app: App, routes, gate })
