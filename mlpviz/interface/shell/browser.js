// What a page asks of its browser, whatever server answers it: who it is. The script is in a component of its own whose data hardly
// change, since a component's script travels with every change of its data.

const COOKIE = "mlpviz_browser"
const YEAR = 31536000 // seconds

/** This browser's secret: 32 hexadecimal digits, made once and kept by the browser. */
function secret() {
  const found = inCookie() ?? stored() ?? window.mlpvizSecret ?? made()
  window.mlpvizSecret = found // one that keeps nothing knows it until the page is left
  keep(found)
  return found
}

const isSecret = (text) => /^[0-9a-f]{32}$/.test(text ?? "")

function inCookie() {
  const texts = document.cookie.split("; ").map((part) => part.split("="))
  return texts.filter(([name, text]) => name === COOKIE && isSecret(text)).map(([, text]) => text)[0]
}

function stored() {
  try {
    const text = window.localStorage.getItem(COOKIE)
    return isSecret(text) ? text : undefined
  } catch { return undefined } // blocked
}

const made = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")

function keep(text) {
  const secure = location.protocol === "https:" ? "; Secure" : ""
  document.cookie = `${COOKIE}=${text}; path=/; max-age=${YEAR}; SameSite=Lax${secure}`
  try { window.localStorage.setItem(COOKIE, text) } catch { /* blocked: the cookie is enough */ }
}

export default function ({ data: [data], setTriggerValue }) {
  const own = secret()
  if (!data.known) setTriggerValue("secret", own)
}
