<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>{model} knows %n sign(s) and runs on {device}.</source>
        <translation>
            <numerusform>{model} knows %n sign and runs on {device}.</numerusform>
            <numerusform>{model} knows %n signs and runs on {device}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore the last transcript (%n sign(s))</source>
        <translation>
            <numerusform>Restore the last transcript (%n sign)</numerusform>
            <numerusform>Restore the last transcript (%n signs)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last session ended unexpectedly: %n sign(s) can be brought back.</source>
        <translation>
            <numerusform>The last session ended unexpectedly: %n sign can be brought back.</numerusform>
            <numerusform>The last session ended unexpectedly: %n signs can be brought back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign(s), {ticked} ticked</source>
        <translation>
            <numerusform>%n sign, {ticked} ticked</numerusform>
            <numerusform>%n signs, {ticked} ticked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %n sign(s), {ticked} ticked</source>
        <translation>
            <numerusform>{shown} of %n sign, {ticked} ticked</numerusform>
            <numerusform>{shown} of %n signs, {ticked} ticked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n good take(s): keep the sign, or add one</source>
        <translation>
            <numerusform>%n good take: keep the sign, or add one</numerusform>
            <numerusform>%n good takes: keep the sign, or add one</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Again with these %n sign(s)</source>
        <translation>
            <numerusform>Again with this sign</numerusform>
            <numerusform>Again with these %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{points} of %n point(s)</source>
        <translation>
            <numerusform>{points} of %n point</numerusform>
            <numerusform>{points} of %n points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign(s) practised, {well} known well: right at first try in the last three rounds, or nearly.</source>
        <translation>
            <numerusform>%n sign practised, {well} known well: right at first try in the last three rounds, or nearly.</numerusform>
            <numerusform>%n signs practised, {well} known well: right at first try in the last three rounds, or nearly.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the record of your practice cannot be used. {why}</source>
        <translation>
            <numerusform>%n line of the record of your practice cannot be used. {why}</numerusform>
            <numerusform>%n lines of the record of your practice cannot be used. {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of the record of your practice cannot be used; the whole file is kept as {file}.</source>
        <translation>
            <numerusform>%n line of the record of your practice cannot be used; the whole file is kept as {file}.</numerusform>
            <numerusform>%n lines of the record of your practice cannot be used; the whole file is kept as {file}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign(s)</source>
        <translation>
            <numerusform>%n sign</numerusform>
            <numerusform>%n signs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sign(s) to choose from.</source>
        <translation>
            <numerusform>%n sign to choose from.</numerusform>
            <numerusform>%n signs to choose from.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) cut short when the last session ended unexpectedly: bring it back?</source>
        <translation>
            <numerusform>A recording was cut short when the last session ended unexpectedly: bring it back?</numerusform>
            <numerusform>%n recordings were cut short when the last session ended unexpectedly: bring them back?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Recorded {length} with %n sign(s): {name}.</source>
        <translation>
            <numerusform>Recorded {length} with %n sign: {name}.</numerusform>
            <numerusform>Recorded {length} with %n signs: {name}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n frame(s) are missing, because the disk was too slow.</source>
        <translation>
            <numerusform>%n frame is missing, because the disk was too slow.</numerusform>
            <numerusform>%n frames are missing, because the disk was too slow.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The video lacks %n picture(s).</source>
        <translation>
            <numerusform>The video lacks %n picture.</numerusform>
            <numerusform>The video lacks %n pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) are deleted when this list is closed.</source>
        <translation>
            <numerusform>%n session is deleted when this list is closed.</numerusform>
            <numerusform>%n sessions are deleted when this list is closed.</numerusform>
        </translation>
    </message>
</context>
</TS>
