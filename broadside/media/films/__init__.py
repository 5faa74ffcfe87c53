"""Films of other sites: the card of one may have a still, and play in place where the setting EMBEDS allows its provider.

Writers name the still behind the card's link: `[!video] [Title](https://…){still="photos/x.jpg" credit="…"}`.
"""
