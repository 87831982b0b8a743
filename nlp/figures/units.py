"""Units: the counters that a Japanese table prints after a number, and the words that only look like one."""

from collections import defaultdict
from collections.abc import Iterable

__all__ = ["canonical_unit", "unit_at"]

_COUNTERS = """
    人=名,名様
    円=千円,万円,十万円,百万円,億円,十億円,兆円 ドル=米ドル ユーロ
    件 案件 回 日=日間 時間 分間 秒 週間 泊
    か月=ヶ月,カ月,ヵ月,ケ月,ゖ月,箇月 か所=ヶ所,カ所,ヵ所,ケ所,ゖ所,箇所,個所 か国=ヶ国,カ国,ヵ国,ケ国
    社 店=店舗 部 事業 事業所 事業者 組合 団体 商店街 商店会 施設 駅 企業 法人 業者 業種 者
    校 園 館 室 教室 病院 保育所 公園 図書館 学級 クラス 講座 コース コマ 科目 講演 公演 ステージ 試合 大会 種目
    チーム グループ サークル クラブ 班 隊 組 世帯 家族 家庭 戸 軒 棟 区画 区間 路線 系統 便 線 橋
    台 両 隻 機 基 本 枚 冊 巻 通 個=コ,ケ 点 作品 品目 品種 種 種類 項目 施策 計画 制度 分野 テーマ
    問 語 字=文字 頁=ページ 曲 羽 頭 匹 株 口 筆 票 議席 席 床 ブース 契約 回線 箱 袋 着 足 杯 食 缶 束 発
    人日 人回 人泊 歳=才 町会 自治会 町内会 地区 地域 市町村 市区町村 自治体 都道府県 市 町 村 県 国
    アクセス=pv,ページビュー ビュー ダウンロード=dl フォロワー
    %=パーセント ポイント=pt 割 倍
    km=㎞,キロメートル,キロ m=メートル cm=㎝,センチメートル,センチ mm=㎜,ミリメートル,ミリ
    ㎡=m2,m²,平方メートル,平米 ㎥=m3,m³,立方メートル km2=㎢,平方キロメートル ha=ヘクタール a=アール 坪
    kg=㎏,キログラム g=グラム t=トン l=ℓ,リットル kl=キロリットル ml
    kw=キロワット kwh=キロワット時 mw ℃ kcal=キロカロリー
"""
"""canonical=the other spellings; a word with no = has one spelling. Latin letters are in lower case."""

_OTHER_WORDS = """
    人:口材権生気事格類員工形物間数々一 名:称前簿古作刺誉産目義所物札 円:滑高安卓形周満柱盤
    件:名数 回:線転収答復覧顧遊避目数診 日:本程常記時照光制目数市町付 時間:帯割 か所:数目
    社:会内外長員協数宅 店:長員頭街数内 部:門長署下屋品類局員活会分数 事業:数費名化 組合:員数
    団体:数 施設:数 企業:数 者:択 駅:前長員数 校:舎長歌庭数 館:長内 室:内長 公園:前 組:織目
    班:長 隊:員 戸:建籍 路線:価 線:路 便:利所 台:風帳数 機:会能械関構 基:本準盤礎
    本:部社人庁店格当年目日文数 枚:数目 巻:き 通:り常年学勤知所称過行信 個:人別性室店展数
    点:検字灯滴在目数 種:別目数 計画:的 問:題合 字:幕 曲:線 口:座頭 株:式価 筆:記 票:数
    席:上 床:面 着:手 足:り 食:品事堂料育 発:行展達生表見明注 両:方 地区:別 地域:別
    歳:以未代児入出時末費か~から 才:以未代児能 市:民内場役街 町:会内目丁民 村:民内
    県:民内立道 国:民内際立道 割:合り引当増高 倍:率増 コ:ンミース ケ:ース
"""
"""unit:the characters that make another word of it (社会, 部門, 点検)."""

_ALONE = frozenset("件社店駅校回人名円日")
_CANONICAL = {
    word: canonical
    for entry in _COUNTERS.split()
    for canonical, _, others in [entry.partition("=")]
    for word in (canonical, *filter(None, others.split(",")))
}

_FOLLOWERS = dict(entry.split(":") for entry in _OTHER_WORDS.split())


def canonical_unit(word: str) -> str | None:
    """The one name of a unit: 名→人, 千円→円, ヶ所→か所; None for a word that is no unit."""
    return _CANONICAL.get(word) or _CANONICAL.get(word.lower())


def unit_at(value: str, at: int, after_one: bool = False) -> str | None:
    """The unit word that begins at `at` (the longest); after a lone 一, 二 … only units that make no place or idiom."""
    for word in _BEGINNING.get(value[at : at + 1], ()):
        if value.startswith(word, at) and not _goes_on(word, value[at + len(word) : at + len(word) + 1]):
            return None if after_one and len(word) == 1 and word not in _ALONE else word
    return None


# Private functions


def _goes_on(word: str, after: str) -> bool:
    """Whether a word with this character after it is another word: 部門, kmh, コース."""
    if not after:
        return False
    if after in _FOLLOWERS.get(word, ""):
        return True
    if word[-1].isascii() and word[-1].isalnum():
        return after.isascii() and (after.islower() or after.isdigit())
    return "ァ" <= word[-1] <= "ヺ" and ("ァ" <= after <= "ヺ" or after == "ー")


def _by_first(words: Iterable[str]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        grouped[word[0]].append(word)
    return dict(grouped)


_BEGINNING = _by_first(_CANONICAL)
