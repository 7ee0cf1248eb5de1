"""Languages as Appraise names them (ISO 639-3), and as they are named here (BCP 47, the shortest code)."""

from __future__ import annotations

_CODES = dict(
    pair.split("=")
    for pair in (
        "ara=ar ben=bn bul=bg cat=ca ces=cs cym=cy dan=da deu=de ell=el eng=en est=et eus=eu fas=fa fin=fi "
        "fra=fr gle=ga glg=gl guj=gu heb=he hin=hi hrv=hr hun=hu hye=hy ind=id isl=is ita=it jpn=ja kan=kn "
        "kat=ka kaz=kk khm=km kor=ko lav=lv lit=lt mal=ml mar=mr mkd=mk mya=my nld=nl nob=nb nor=no pan=pa "
        "pol=pl por=pt ron=ro rus=ru slk=sk slv=sl som=so spa=es sqi=sq srp=sr swa=sw swe=sv tam=ta tel=te "
        "tha=th tur=tr ukr=uk urd=ur vie=vi xho=xh zho=zh zul=zu "
    ).split()
)
_BACK = {short: long for long, short in _CODES.items()}


def short(code: str) -> str:
    """The code as it is used here; one that is not known stays."""
    return _CODES.get(code.strip().lower(), code.strip())


def long(code: str) -> str:
    """The code as Appraise has it."""
    main, sign, rest = code.partition("-")
    return _BACK.get(main.lower(), main) + sign + rest
