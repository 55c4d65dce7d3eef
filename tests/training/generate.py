"""Writes the made part of the corpus: sentence patterns over the words of twenty-four specialties.

    python tests/training/generate.py

The pattern is the "voice" of a made sentence, so that cross-validation keeps whole patterns
aside. The same seed gives the same file.
"""

import json
import random
from pathlib import Path

R, V, C, B, T, S, F = (
    "confirms_relationship", "visit_detail", "condition_treatment",
    "billing_insurance", "third_party", "staff_or_care_opinion_on_patient", "record_reference",
)  # fmt: skip

# specialty: procedures | conditions | places of the body or things cared for | helpers
SPECIALTIES = {
    "dental": ("crown,root canal,filling,extraction,deep cleaning,implant,bridge", "cavity,cracked tooth,abscess,toothache,gum infection", "molar,front tooth,gums,jaw", "hygienist,dentist"),
    "orthodontics": ("braces,aligners,retainer,expander,bracket repair", "crowding,overbite,crossbite", "bite,front teeth", "orthodontist,assistant"),
    "family-medicine": ("blood test,physical,flu shot,stress test,medication change", "high blood pressure,cough,sinus infection,cholesterol,thyroid problem", "throat,sinuses,back", "nurse,doctor"),
    "pediatrics": ("vaccine,ear check,strep test,sports physical", "ear infection,croup,fever,rash", "ears,tummy", "pediatrician,nurse"),
    "dermatology": ("biopsy,mole removal,chemical peel,freezing,laser session", "acne,eczema,psoriasis,rash,mole", "scalp,forehead,skin", "dermatologist,medical assistant"),
    "optometry": ("eye exam,contact lens fitting,dilation,glasses,field test", "glaucoma,dry eye,astigmatism,cataract", "left eye,right eye,cornea", "optician,optometrist"),
    "mental-health": ("therapy session,medication change,intake,group session", "anxiety,depression,panic attacks,insomnia,trauma", "mood,sleep", "therapist,counselor"),
    "veterinary": ("spay,dental cleaning,x-ray,vaccine,surgery", "fleas,limp,kidney disease,ear mites,heartworm", "paw,tail,belly", "vet,technician"),
    "physical-therapy": ("dry needling,home program,gait training,evaluation", "rotator cuff tear,sciatica,sprained ankle,frozen shoulder", "knee,shoulder,hip,lower back", "therapist,aide"),
    "pharmacy": ("refill,vaccine,blister pack,prescription transfer", "allergy,blood pressure,infection", "tablets,inhaler,insulin", "pharmacist,technician"),
    "obgyn": ("ultrasound,c-section,pap smear,iud,induction", "pregnancy,fibroids,endometriosis,morning sickness", "cervix,uterus", "midwife,obstetrician"),
    "orthopedics": ("knee replacement,cast,cortisone shot,mri,arthroscopy", "torn meniscus,hip fracture,carpal tunnel,bunion", "knee,wrist,hip,elbow", "surgeon,physician assistant"),
    "urgent-care": ("x-ray,stitches,strep test,iv,splint", "sprain,concussion,flu,cut,urinary infection", "ankle,hand,throat", "nurse,provider"),
    "cardiology": ("stent,echocardiogram,stress test,pacemaker check,holter monitor", "heart murmur,arrhythmia,high cholesterol,chest pain", "heart,artery", "cardiologist,technician"),
    "oncology": ("chemo,radiation,scan,port placement,biopsy", "tumor,lymphoma,nausea,low counts", "lymph node,breast,lung", "oncologist,infusion nurse"),
    "chiropractic": ("adjustment,traction,decompression,x-ray series", "pinched nerve,whiplash,headaches,herniated disc", "neck,spine,lower back", "chiropractor,assistant"),
    "ent": ("ear tubes,sinus surgery,tonsillectomy,hearing test", "sinusitis,vertigo,snoring,deviated septum", "ears,nose,throat", "audiologist,surgeon"),
    "gastroenterology": ("colonoscopy,endoscopy,breath test,banding", "reflux,polyps,ulcer,crohn's disease", "colon,stomach", "gastroenterologist,nurse"),
    "fertility": ("embryo transfer,egg retrieval,insemination,hormone panel", "infertility,low count,miscarriage", "ovaries,embryos", "embryologist,nurse"),
    "plastic-surgery": ("tummy tuck,filler,botox,facelift,liposuction", "swelling,scar,asymmetry", "nose,eyelids,chin", "surgeon,injector"),
    "podiatry": ("orthotics,nail removal,cortisone shot,boot", "plantar fasciitis,bunion,ingrown nail,heel spur", "heel,toe,arch", "podiatrist,assistant"),
    "audiology": ("hearing aids,fitting,hearing test,ear mold", "hearing loss,tinnitus,earwax", "left ear,right ear", "audiologist,specialist"),
    "addiction": ("suboxone dose,detox,drug screen,counseling session", "relapse,withdrawal,cravings", "recovery,sobriety", "counselor,case manager"),
    "allergy": ("allergy shots,patch test,skin test,inhaler trial", "hives,asthma,peanut allergy,hay fever", "lungs,skin", "allergist,nurse"),
}  # fmt: skip

DAYS = [
    "Monday",
    "Tuesday",
    "last Friday",
    "March 3",
    "the 14th",
    "Thursday morning",
    "two weeks ago",
    "yesterday",
]
MONEY = "$45,$120,$310,$1,900,60 dollars,two hundred dollars".replace("$1,900", "$1900").split(",")
FAMILY = [
    "son",
    "daughter",
    "wife",
    "husband",
    "mother",
    "dad",
    "sister",
    "grandson",
    "little girl",
]
PHONES = ["555-0100", "555-0112", "555-0148", "(303) 555-0165", "555-0190"]
STAFF = ["Dr. Lee", "Dr. Okoye", "Dr. Marsh", "Dr. Silva", "Dr. Novak", "Dr. Haddad"]

BAD = [
    (C, "Your {p} went exactly as planned."), (C, "Your {c} is not something we caused."),
    (C, "We recommended the {p} because of the {c}."), (C, "The {p} was needed since the {c} had come back."),
    (C, "The {b} is healing well, {d} was proof of that."), (C, "Glad the {p} helped with the {c}!"),
    (C, "So happy that the {p} worked out."), (C, "A {p} was offered and turned down."),
    (C, "It was the {c} that made the {p} so hard."), (C, "That {b} had been a problem long before the {p}."),
    (C, "Our {h} explained the {p} twice before we began."), (C, "{s} suggested a {p} and nothing else."),
    (C, "Without the {p}, the {c} would have spread."), (C, "We had to redo the {p} because the {b} moved."),
    (C, "The {p} you had is not meant to last forever."), (C, "You asked for the {p}, and you got the {p}."),
    (C, "You declined the {p}."), (C, "The {c} was mild, so a {p} would have been too much."),
    (C, "The soreness after a {p} like this one fades in a week."), (C, "No {h} could have seen that {c} coming."),
    (C, "Nobody pushed a {p}; it was one of three options we gave."), (C, "Enjoy the new {b}!"),
    (C, "How is the {b} feeling?"), (C, "Looking at that {b}, a {p} was the only way."),
    (C, "We would have refused the {p} if the {c} had been worse."), (C, "We hope the {c} stays away for good."),
    (C, "The {h} noticed the {c} right away."), (C, "Two rounds of {p} later, the {c} is gone."),
    (C, "It takes more than one {p} to fix a {c} that old."), (C, "As we said at the time, the {p} may need repeating."),
    (V, "You were seen on {d} by our {h}."), (V, "The {p} on {d} started on time."), (V, "We moved the {p} to {d} at your request."),
    (V, "On {d} the {h} was out sick, hence the delay."), (V, "The {h} called on {d} and left a message."), (V, "See you on {d} for the {p}!"),
    (V, "The {p} took {n} minutes, start to finish."), (V, "You waited {n} minutes on {d}, not an hour."), (V, "It was {d}, and we were short one {h}."),
    (B, "Your plan paid for the {p} in full."), (B, "The {m} is what was left after the insurer paid."), (B, "The {p} was billed at {m}, as the estimate said."),
    (B, "We refunded the {m} on {d}."), (B, "You still owe {m} for the {p}."), (B, "The insurer denied the {p}, not us."), (B, "That {m} covered the {p} and the visit to the {h}."),
    (B, "Nobody else charges just {m} for a {p}, and that is what was paid."),
    (T, "Your {f} did so well with the {p}."), (T, "Your {f}'s {c} needed a {p}."), (T, "Tell your {f} that the {p} was a success!"), (T, "Her {b} is fine, and the {p} will help."),
    (T, "He came in with a {c} and left with a smile."), (T, "We told your {f} about the {c}."), (T, "The {f} was present for the {p} and agreed to it."), (T, "We had another {p} that ran late because of a {c}."),
    (S, "You skipped the {p} twice."), (S, "You did not follow the instructions after the {p}."), (S, "You yelled at our {h} on {d}."), (S, "The {c} came back because the advice was ignored."),
    (S, "Somebody did not tell the {h} about the {c}."), (S, "Being rude to a {h} will not fix a {c}."), (S, "You told the {h} that you felt fine."),
    (F, "The chart shows a {p} on {d}."), (F, "Our notes mention the {c} clearly."), (F, "We have the consent for the {p} on file."), (F, "We reviewed the file, and the {p} was right."), (F, "The scans of the {b} are in our system."),
    (R, "We loved having you in for your {p}."), (R, "Thank you for trusting us with your {b}."), (R, "You are one of our favorite {q} patients."), (R, "Our {h} enjoyed taking care of you."), (R, "Thank you for choosing us for your {p}."),
    (R, "When you came in for the {p}, our {h} did what was right."), (R, "We were honored to do your {p}."), (R, "As your {h}, I stand by the {p}."),
]  # fmt: skip

SOFT = [
    (R, "Sorry that your visit with our {h} fell short."), (R, "Sorry that our {h} kept you waiting."), (R, "We hope to see you again at our {q} office."), (R, "Thank you for visiting our {q} clinic."),
    (R, "We cannot discuss your {p} here."), (R, "Privacy rules keep us from talking about your {c}."), (R, "We are sorry that the {h} seemed rushed with you."), (R, "Our {h} remembers you well."),
    (R, "We hope that your time with {s} was pleasant."), (R, "{s} was glad to meet you."), (R, "{s} will be happy to see you next time."), (R, "We look forward to your next {q} visit."),
    (F, "No {p} was done here under that name."), (F, "We have no record of a {p} for you."), (F, "We never did a {p} on anyone by that name."),
]  # fmt: skip

SAFE = [
    "A {p} is one of several ways to treat a {c}.", "Our office offers the {p} and explains the options to everyone.", "We explain every {p} in writing before it is scheduled.",
    "Questions about a {p} are best answered by phone.", "Our {h}s are happy to answer general questions about the {p}.", "A {c} can have many causes, and a {h} can explain them.",
    "Many people feel nervous before a {p}.", "Many people live with {c}, and help is available.", "The cost of a {p} varies, so we give everyone a written estimate.", "The price of a {p} starts at {m} and is listed on our site.",
    "Most plans cover a {p} in part; please check with the carrier.", "Anyone with a {c} is welcome to call our office.", "Anyone who thinks about a {p} can ask for a free consultation.", "If you have questions about a {p}, please call {t}.",
    "If someone has a {c}, we suggest a call to any {h}.", "In general, a {p} takes about {n} minutes.", "In general, the {b} needs a few weeks after a {p}.", "As a rule, a {p} is scheduled within two weeks.",
    "Our {q} team meets each {w} to read these comments.", "Our {h}s take yearly courses in {q}.", "Thank you for the kind words about our {h}s.", "Thank you for the feedback about our {q} office.",
    "Thank you for mentioning our {h}.", "Our {h} will be delighted to read this.", "We will share this with our {h}s.", "We will share these words with {s}.", "{s} and the {h}s say thank you.",
    "{s} has practiced {q} for many years.", "{s} gives a free talk on {c} at the library.", "{s} wrote about the {p} on our blog.", "For information on {c}, the national {q} society has a good page.",
    "Sorry to read this about our {h}.", "We expect every {h} to listen and to be kind.", "Every {h} on our staff is licensed.", "No {h} should ever make anyone feel rushed.", "We would never comment online on whether somebody had a {p}.",
    "We never discuss a {p} or a {c} of any person online.", "We can't say whether anyone has a {c} or had a {p} here.", "Privacy law does not let any {q} office respond to details.", "We are hiring another {h} to shorten the wait for a {p}.",
    "The {q} department is open until six on {w}s.", "Our {q} office is on the second floor.", "Call {t} and ask for the {q} manager.", "Please call the {q} front desk at {t}.", "Please do not post details about a {p} or a {c} here.",
    "Second opinions on a {p} are always welcome.", "Nobody has to decide on a {p} the same day.", "Patients may bring someone along to a {p}.", "Some people need a {p} more than once.", "A healthy {b} is worth a yearly check.",
    "A painful {b} is no fun for anyone.", "Care of the {b} is explained on our website.", "Worries about a {c} deserve a private talk.", "Fees for a {p} are the same for everyone.", "The {p} is described step by step on our {q} page.",
    "Our {q} clinic has offered the {p} since 2011.", "We use the newest guidance on {c}.", "Our policy on the {p} applies to all.", "People often ask us about {c}.", "Children with {c} are welcome, as are adults.", "When a {p} runs long, we text everyone on the list.",
]  # fmt: skip


def main() -> None:
    """Fill each pattern for several specialties and write the file."""
    chance = random.Random(20261122)
    lines = []
    for kind, patterns in (("block", BAD), ("warn", SOFT), ("ok", [(None, each) for each in SAFE])):
        for number, (label, pattern) in enumerate(patterns):
            for specialty in chance.sample(sorted(SPECIALTIES), 12 if kind == "ok" else 9):
                procedures, conditions, places, helpers = (
                    each.split(",") for each in SPECIALTIES[specialty]
                )
                filled = pattern.format(
                    p=chance.choice(procedures),
                    c=chance.choice(conditions),
                    b=chance.choice(places),
                    h=chance.choice(helpers),
                    q=specialty.replace("-", " "),
                    d=chance.choice(DAYS),
                    m=chance.choice(MONEY),
                    f=chance.choice(FAMILY),
                    n=chance.choice((20, 25, 40, 45, 90)),
                    t=chance.choice(PHONES),
                    s=chance.choice(STAFF),
                    w=chance.choice([*DAYS[:2], "Friday"]),
                )
                labels = (
                    []
                    if label is None
                    else [label]
                    if label in (C, R) or kind == "warn"
                    else sorted({label})
                )
                lines.append(
                    {
                        "voice": f"pattern-{kind}-{number}",
                        "specialty": specialty,
                        "severity": kind,
                        "labels": labels,
                        "text": filled,
                    }
                )
    path = Path(__file__).with_name("corpus_made.jsonl")
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines), "utf-8")


if __name__ == "__main__":
    main()
