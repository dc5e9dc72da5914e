"""The texts that the product brings along; a second person approves them like any other. Pure."""

from typing import NamedTuple


class Text(NamedTuple):
    """A subject and a body."""

    subject: str
    body: str


INITIAL = {
    "en": Text(
        "Notice of Data Breach",
        """Dear ((name)),

# What happened

((what_happened)) It could be opened by anyone from ((opened)) to ((closed)). We are sorry. This was our fault, not yours.

# What was in it about you

* ((elements))

# Who has it

* ((recipients))

# What we are doing

The file was taken down. This is what we have asked of those who took it:

* ((demands))

# What you can do now

1. Talk to your lawyer, and show them this letter. It may matter for your case.
2. If you have no lawyer, call us. We will give you a list of free legal help.
3. If anyone you fear may learn where you are, tell us. We can use a safe address for you.
4. Be careful with calls and letters about this. We will never ask you for money.
5. Keep this letter. You can show it to a court.

# Questions

Call ((contact_name)) at ((contact_phone)). Say the reference ((reference)). The call is free, and someone who speaks your language will help you. You can also write to ((contact_address)).

To check that this letter is real, call that number and read us the reference. This letter is not a bill and not a court notice.
""",
    ),
    "es": Text(
        "Aviso sobre sus datos personales",
        """Para ((name)):

# Qué pasó

((what_happened)) Cualquiera pudo abrirlo desde el ((opened)) hasta el ((closed)). Lo sentimos. La culpa fue nuestra, no de usted.

# Qué decía sobre usted

* ((elements))

# Quién lo tiene

* ((recipients))

# Qué estamos haciendo

El archivo ya no está en línea. Esto es lo que hemos pedido a quienes lo tomaron:

* ((demands))

# Qué puede hacer usted ahora

1. Hable con su abogado o abogada y enséñele esta carta. Puede ser importante para su caso.
2. Si no tiene abogado, llámenos. Le daremos una lista de ayuda legal gratuita.
3. Si alguien a quien usted teme puede saber dónde está, díganoslo. Podemos usar una dirección segura.
4. Tenga cuidado con llamadas y cartas sobre esto. Nunca le pediremos dinero.
5. Guarde esta carta. Puede mostrarla ante un tribunal.

# Preguntas

Llame a ((contact_name)) al ((contact_phone)). Diga la referencia ((reference)). La llamada es gratuita y le atenderá alguien que habla su idioma. También puede escribir a ((contact_address)).

Para comprobar que esta carta es auténtica, llame a ese número y léanos la referencia. Esta carta no es una factura ni una citación del tribunal.
""",
    ),
}  # fmt: skip
