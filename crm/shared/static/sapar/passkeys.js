/* Passkeys: <form data-passkey="create|get"> asks the device when it is sent and carries its answer in `credential`.
   What the server asks stands in the page as JSON, or behind the form's data-options-url. Without script, or where the
   browser knows no passkeys, the form stays hidden: everything can be done another way. */
(() => {
  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => list?.map((credential) => ({ ...credential, id: bytes(credential.id) }));

  const read = (options) => {
    const asked = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
    if (asked.allowCredentials) asked.allowCredentials = known(asked.allowCredentials);
    if (asked.excludeCredentials) asked.excludeCredentials = known(asked.excludeCredentials);
    return asked;
  };

  const written = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  };

  const optionsOf = async (form) => {
    if (!form.dataset.optionsUrl) {
      const page = JSON.parse(document.getElementById("passkey-options").textContent);
      return page.creation_options ?? page.request_options;
    }
    const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const asked = read(await optionsOf(form));
    if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey: asked });
    // Kept by the device itself, so that it opens the account without a name being typed.
    const wanted = { ...asked.authenticatorSelection, residentKey: "required", requireResidentKey: true };
    return navigator.credentials.create({ publicKey: { ...asked, authenticatorSelection: wanted } });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    let answered = false;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (answered) return;
      event.preventDefault();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      form.setAttribute("aria-busy", "true");
      try {
        form.elements.credential.value = written(await ask(form));
        answered = true;
        form.requestSubmit();
      } catch {
        // Closed by the person, timed out or refused by the device: the browser does not tell which.
        failed.hidden = false;
        failed.focus();
      } finally {
        form.removeAttribute("aria-busy");
      }
    });
  }
})();
