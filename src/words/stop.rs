//! Words that hold a sentence together and say nothing about its subject: left out of questions, never of passages.
//! Short lists of our own: the published ones hold "us", "id", "tag" and "jahr".

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Language;
use super::fold::{lower, unmarked};

const LISTS: &[(Language, &str)] = &[
    (
        Language::English,
        "a about after all also am an and any are as at be because been before being between both but by can could did do does doing during each for from had has have he her him his how i if in into is it its me more most my no not of on once only or other our out over own per please shall she should so some such tell than that the their them then there these they this those through to too under until up upon very was we were what when where which while who whom whose why will with would you your",
    ),
    (
        Language::German,
        "aber alle allem allen aller alles als also am an ander auch auf aus bei beim bin bis bist da damit dann das dass dein deine dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines er es etwas für gegen gibt hab habe haben hat hatte hier hinter ich ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder jedes jener kann kein keine können laut man mehr mein meine mich mir mit muss müssen nach nicht noch nun nur ob oder ohne sehr sein seine seinem seinen seiner sich sie sind so soll sollen sollte sondern über um und uns unser unsere unter vom von vor war waren warum was weil welche welchem welchen welcher welches wem wen wenn wer werde werden wessen wie wieder wieviel will wir wird wo wofür woher wohin womit worden würde würden zu zum zur zwischen",
    ),
    (
        Language::French,
        "à afin ai au aucun aussi autre aux avant avec avez avoir avons c ce cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de depuis des dont du elle elles en entre es est et étaient était été être eu fait faut il ils j je jusqu l la laquelle le lequel les lesquels leur leurs lors lui ma mais me même mes moi mon n ne nos notre nous on ont or ou où par pas peut plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si soit son sont sous sur ta te tous tout toute toutes très tu un une vos votre vous y",
    ),
    (
        Language::Spanish,
        "a al algo alguna alguno ante antes como cómo con cuál cuáles cual cuando cuándo cuánto cuántos cuánta cuántas de del desde donde dónde durante e el él ella ellas ellos en entre era eran es esa ese eso esta está están este esto estos estas fue fueron ha había han hasta hay la las le les lo los más me mi mis muy nada ni no nos nosotros nuestra nuestro o os otra otro para pero poco por porque qué que quién quiénes quien se sea según ser si sí sin sobre son su sus también tan te tiene tienen todo todos tu tus un una uno unos unas y ya yo",
    ),
    (
        Language::Italian,
        "a abbia ad agli ai al alla alle allo anche c che chi ci come con cosa cui d da dagli dai dal dalla dalle dallo degli dei del della delle dello di dopo dove e è ed era erano essere fra fu già gli ha hanno ho i il in io l la le lei li lo loro lui ma mi mio nei nel nella nelle nello no noi non o ogni per perché più prima qual quale quali quando quanti quanto quante quanta quella quelle quelli quello questa queste questi questo se sei si sia sono su sua sue sugli sui sul sulla sulle suo suoi tra tu tutti tutto un una uno vi voi",
    ),
    (
        Language::Portuguese,
        "a à ao aos as às até com como da das de dela dele deles do dos e é ela elas ele eles em entre era eram essa esse esta está este foi foram há isso isto já lhe mais mas me mesmo meu minha muito na nas não nem no nos nós num numa o onde os ou para pela pelas pelo pelos por porque porquê pode qual quais quando quanto quantos quantas que quê quem se sem ser seu seus sua suas são só também te tem têm um uma uns umas você",
    ),
    (
        Language::Dutch,
        "aan al alle als bij dan dat de deze die dit doen door een en er had hebben heeft hem het hij hoe hoeveel hun iets ik in is ja je kan kunnen maar me meer men met mijn moet moeten na naar niet nog nu of om omdat onder ons onze ook op over te tegen tot tussen u uit uw van veel voor waar waarom wanneer was wat we welk welke werd werden wie wij word wordt worden zal ze zich zij zijn zo zonder zou",
    ),
    (
        Language::Swedish,
        "alla allt att av blev bli blir då de dem den denna deras dess det detta dig din du där efter ej eller en er ett från för ha hade han har hans hennes hon hur hur i icke inte ja jag kan kunde man med mellan men mig min mot mycket må måste ni nu när någon något några och om oss på samma sedan sig sin sina ska skall skulle som så till under upp ut utan vad var vara varför varje vart vem vi vid vilka vilken vilket är över",
    ),
    (
        Language::Danish,
        "af alle andet at blev blive bliver da de dem den denne der deres det dette dig din du efter eller en end er et for fra ham han hans har have havde hende her hun hvad hvem hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornår i ikke ind jeg kan kunne man med meget mellem men mig min mod må ned noget nogle nu når og også om op os over på sig sin skal skulle som til ud under var ved vi vil være",
    ),
    (
        Language::Norwegian,
        "alle at av ble bli blir da de dem den denne der deres det dette du eller en enn er et etter for fra ha hadde han hans har henne her hun hva hvem hvilke hvilken hvilket hvis hvor hvordan hvorfor i ikke inn jeg kan kunne man med meg mellom men min mot må noe noen nå når og også om opp oss over på seg sin skal skulle som så til ut under var ved vi vil være å",
    ),
    (
        Language::Finnish,
        "ei eivät eli en ennen että he hän häntä hänen ja jo jonka jos joka jotka kanssa koska kuin kuinka kuka kun me mikä minkä millainen milloin miksi missä mistä miten mitä mitkä mukaan mutta myös ne niiden niin nyt näin oli olivat olla on onko ovat sekä sen se siellä sitä tai tämä tämän tässä te vai vain voi",
    ),
    (
        Language::Polish,
        "a aby ale albo bez był była było były być co czy czyli dla do gdy gdzie go i ich ile im jak jaka jaki jakie jako je jego jej jest jeśli już kiedy kto która które który których którzy lub ma mają mnie może można na nad nie nim o od on ona one oni oraz po pod przed przez przy są się ta tak także tam te tego tej ten to tu tych tylko tym u w we wszystkie z za ze że",
    ),
    (
        Language::Czech,
        "a aby ale ani asi až byl byla bylo byly být co či do i jak jaká jaké jaký jako je jeho její jejich jen jestli ještě již jsem jsme jsou jste k kam kde kdo kdy kolik který která které kteří ke má mají může na nad ne nebo nebyl není než o od on ona oni po pod podle pokud pro proč před při s se si ta tak také tato ten tento tím to tom toto ty u v ve však z za ze že",
    ),
    (
        Language::Hungarian,
        "a az azt aki akik ami amely arra azok be csak de egy egyes ekkor el ez ezt ezek és fel ha hány hogy hogyan hol honnan hova is itt ki kik kell lesz lett legyen már mely melyik mi mik miért mikor milyen mint még mennyi meg minden nagyon ne nem nincs ott pedig s sem szerint van vagy vannak volt voltak után által",
    ),
    (
        Language::Romanian,
        "a acest această aceste acesta ai al ale am ar are au aș când câte câți ca care ce cea cel cele cei cine către cu cum da dacă de deci din dintre după e ea ei el este eu fi fie fost i în între îl îi la le lor lui mai mult ne noi nu o or ori pe pentru prin sa sau se și să si sunt său sub te tu un una unde unei unui va voi vă",
    ),
    (
        Language::Turkish,
        "acaba ama bir bu bunu bunun da daha de değil diye dolayı en fakat gibi göre hangi hangisi hem hep her için ile ise itibaren kaç kadar ki kim kimdir kime kimin mi mı mu mü nasıl ne neden nedir nerede nereye neresi niçin niye o olan olarak oldu olduğu olup onun sonra şey şu tarafından ve veya ya yani var vardı mıdır midir idi",
    ),
    (
        Language::Vietnamese,
        "ai bao bằng bị bởi các cái cho có của cũng đã đang đâu để đến đó được gì giữa hay hoặc khi không là làm lại lúc mà mấy một nào này nên như nhiêu những nhưng ở ra rằng rất sao sẽ tại thì theo trên trong từ tới và vào vẫn về vì với",
    ),
    (
        Language::Indonesian,
        "ada adalah agar akan anda apa apakah atau bagaimana bagi bahwa berapa bisa dalam dan dapat dari dengan di dia dimana hanya harus ia ini itu jika juga kami kapan karena ke kepada kita lebih mana masih mengapa mereka oleh pada para saat saja saya sebagai secara sehingga seperti serta siapa sudah telah tentang tetapi tidak untuk yaitu yang",
    ),
    (
        Language::Russian,
        "а без более бы был была были было быть в вам вас весь во вот все всех вы где да для до его ее ей ему если есть же за и из или им их к как какая какие какой какое каков какова какую каким ко когда кого кому который которая которое которые ли между меня мне мы на над нам нас не него нее нет ни них но о об од он она они оно от по под после почему при про с свой себя сколько со так также такой там те тем то того тоже той только том тот ты у уже чего чей чем через что чтобы чтоб эта эти это этого этой этом этот я",
    ),
    (
        Language::Ukrainian,
        "а або але без би був була були було бути в вам вас ви від він вона вони воно все всі де для до з за і із їх його йому її й коли кому котра котрий ли між мене ми на над нам нас не ні но о про по під після при скільки та так також там те ти то того той тому у хто це цей ця чи чий чого чому що щоб я як яка яке який які якою",
    ),
    (
        Language::Arabic,
        "ما من في على إلى عن هو هي هل كم كيف متى أين لماذا ماذا الذي التي الذين هذا هذه ذلك تلك كان كانت يكون أو و ثم أن إن لا لم لن قد مع بعد قبل عند بين كل أي اي",
    ),
    (
        Language::Greek,
        "αν από αυτή αυτό για δεν εάν είναι ένα ένας έχει ή η θα και κατά με μετά μια μόνο να ο οι όπου όταν ότι που ποια ποιες ποιο ποιοι ποιος πόσα πόσο πότε πού προς πως πώς σαν σε στη στην στο στον στους τα τη την της τι τις το τον του τους των ως γιατί",
    ),
    (
        Language::Hindi,
        "और का की के को है हैं था थी थे में से पर ने कि यह वह ये वे जो तो भी ही एक इस उस किस क्या कौन कब कहाँ कहां क्यों कैसे कितना कितनी कितने किसने किसे हो गया गई किया लिए तक या",
    ),
];

/// Which languages have the word on their list: a bit for each place in [`LISTS`]. Lower case, with or without marks.
fn table() -> &'static HashMap<String, u32> {
    static TABLE: OnceLock<HashMap<String, u32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<String, u32> = HashMap::new();
        for (n, (language, words)) in LISTS.iter().enumerate() {
            for word in words.split(' ') {
                let lowered = lower(word, Some(*language));
                *table.entry(unmarked(&lowered)).or_default() |= 1 << n;
                *table.entry(lowered).or_default() |= 1 << n;
            }
        }
        table
    })
}

/// A set of languages that have lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Listed(u32);

impl Listed {
    pub fn of(languages: &[Language]) -> Self {
        let bits = LISTS.iter().enumerate().filter(|(_, (language, _))| languages.contains(language));
        Self(bits.fold(0, |bits, (n, _)| bits | 1 << n))
    }

    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn languages(self) -> impl Iterator<Item = Language> {
        LISTS
            .iter()
            .enumerate()
            .filter(move |(n, _)| self.0 & (1 << n) != 0)
            .map(|(_, (language, _))| *language)
    }
}

/// The languages that have this word (in lower case) on their list.
pub(crate) fn lists_of(lowered: &str) -> Listed {
    Listed(table().get(lowered).copied().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_known_with_and_without_their_marks() {
        let german = Listed::of(&[Language::German]);
        for word in ["die", "für", "fur", "über", "uber", "welche"] {
            assert!(lists_of(word).meets(german), "{word}");
        }
        for word in ["tag", "jahr", "uhr", "miete"] {
            assert!(!lists_of(word).meets(german), "{word}");
        }
        assert!(!lists_of("us").meets(Listed::of(&[Language::English])));
        assert!(LISTS.len() <= 32);
    }
}
