"""Requests that people type for ``background_matting``: they train the router."""

from __future__ import annotations

EXAMPLES: dict[str, list[str]] = {
    "en": [
        "Why did Zoom’s virtual background erase a colleague’s head?",
        "virtual background removes my head",
        "Test the person segmentation on my portrait ~/photos/me.jpg under bad light",
        "does darkening the picture make the mask lose the head?",
        "background matting with the hopper picture",
        "Which factor explains the lost head: exposure, noise, contrast or the wall?",
        "reproduce the Zoom background incident of 2020",
        "person segmentation: share of the head kept when the wall is very bright",
        "Is skin tone or lighting to blame when a virtual background cuts someone out?",
        "what breaks selfie segmentation? find the worst lighting",
        "IoU of the person mask under noise and blur",
        "Please show what my colleagues would see on a virtual background if I sit in the dark.",
        "mask of the astronaut with overexposure and a white backdrop",
        "zoom head disappears",
    ],
    "fr": [
        "Pourquoi le fond virtuel de Zoom effaçait-il la tête d’un collègue ?",
        "le fond virtuel me coupe la tête",
        "Teste la segmentation de personne sur mon portrait ~/photos/moi.jpg en mauvaise lumière",
        "est-ce qu’assombrir l’image fait perdre la tête au masque ?",
        "détourage d’arrière-plan sur l’image hopper",
        "Quel facteur explique la tête perdue : exposition, bruit, contraste ou mur ?",
        "reproduis l’incident du fond d’écran Zoom de 2020",
        "segmentation de personne : part de la tête conservée devant un mur très clair",
        "Est-ce la couleur de peau ou l’éclairage qui fait disparaître quelqu’un derrière un fond virtuel ?",
        "qu’est-ce qui casse le détourage en visioconférence ? trouve la pire lumière",
        "IoU du masque de la personne avec du bruit et du flou",
        "Montrez, s’il vous plaît, ce que verraient mes collègues sur un fond virtuel si je suis dans le noir.",
        "masque de l’astronaute surexposé devant un fond blanc",
        "zoom tête qui disparaît",
    ],
}
