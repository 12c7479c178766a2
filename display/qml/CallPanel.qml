// Who is called, and where to: as large as the screen allows. While it flashes, paper and ink change places.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property real unit
    required property var panel
    required property var words
    required property var wordsEn
    required property bool english

    readonly property bool calling: root.panel.kind === "call"
    readonly property bool flashing: root.panel.flashing
    readonly property string turn: root.panel.turn
    property bool lit: false

    readonly property color ink: root.lit ? Theme.flashInk : Theme.nightInk
    readonly property color inkSoft: root.lit ? Theme.flashInk : Theme.nightInkSoft
    // What a panel of this shape can hold; the number never falls under a fifth of a wide screen's height.
    readonly property real measure: Math.min(root.height / 840, root.width / 1110)

    function bilingual(text: string, textEn: string): string {
        return root.english ? text + "  ·  " + textEn : text;
    }

    radius: Theme.radius * 1.5 * root.unit
    color: root.lit ? Theme.flash : Theme.nightSurface

    onFlashingChanged: root.lit = root.flashing
    onTurnChanged: {
        root.lit = root.flashing;
        if (beat.running)
            beat.restart();
    }

    Timer {
        id: beat
        interval: 650 // a whole change takes 1.3 s: unmissable, and far from what can harm people
        repeat: true
        running: root.flashing
        onTriggered: root.lit = !root.lit
    }

    Welcome {
        anchors.fill: parent
        visible: root.panel.kind === "idle"
        unit: root.unit
        words: root.words
        wordsEn: root.wordsEn
        english: root.english
    }

    Item {
        anchors.fill: parent
        anchors.margins: Theme.space(5) * root.unit
        visible: root.panel.kind === "bulletin"

        Label {
            id: bulletinHeading
            width: parent.width
            text: root.bilingual(root.words.bulletin, root.wordsEn.bulletin)
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 12
            color: Theme.flash
            font.weight: Font.Bold
            font.letterSpacing: 3 * root.unit
            font.pixelSize: 38 * root.measure
        }

        Label {
            objectName: "panelBulletin"
            anchors.top: bulletinHeading.bottom
            width: parent.width
            height: (parent.height - bulletinHeading.height) * (root.english ? 0.56 : 1)
            text: root.panel.text
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.WordWrap
            fontSizeMode: Text.Fit
            minimumPixelSize: 22 * root.measure
            color: root.ink
            font.weight: Font.ExtraBold
            font.pixelSize: 92 * root.measure
        }

        Label {
            anchors.bottom: parent.bottom
            width: parent.width
            height: (parent.height - bulletinHeading.height) * 0.44
            visible: root.english
            text: root.panel.textEn
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.WordWrap
            fontSizeMode: Text.Fit
            minimumPixelSize: 20 * root.measure
            color: root.inkSoft
            font.weight: Font.DemiBold
            font.pixelSize: 68 * root.measure
        }
    }

    Item {
        anchors.fill: parent
        anchors.margins: Theme.space(5) * root.unit
        visible: root.calling || root.panel.kind === "last"

        Label {
            id: heading
            width: parent.width
            text: root.calling ? root.bilingual(root.words.queueNumber, root.wordsEn.queueNumber) : root.bilingual(root.words.lastCalled, root.wordsEn.lastCalled)
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 12
            color: root.inkSoft
            font.weight: Font.Bold
            font.letterSpacing: 3 * root.unit
            font.pixelSize: 38 * root.measure
        }

        Label {
            id: ticket
            objectName: "panelTicket"
            anchors.top: heading.bottom
            width: parent.width
            height: 322 * root.measure
            text: root.panel.ticket
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 40
            color: root.ink
            font.weight: Font.ExtraBold
            font.pixelSize: 330 * root.measure
        }

        Label {
            id: goTo
            anchors.top: ticket.bottom
            width: parent.width
            height: 60 * root.measure
            text: root.bilingual(root.words.goTo, root.wordsEn.goTo)
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 12
            color: root.inkSoft
            font.weight: Font.DemiBold
            font.pixelSize: 46 * root.measure
        }

        Label {
            id: counter
            objectName: "panelCounter"
            anchors.top: goTo.bottom
            width: parent.width
            height: 196 * root.measure
            text: root.words.counter + " " + root.panel.counter
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 32
            color: root.lit ? Theme.flashInk : Theme.flash
            font.weight: Font.ExtraBold
            font.pixelSize: 186 * root.measure
        }

        Label {
            objectName: "panelAgency"
            anchors.top: counter.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            text: root.panel.agency
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            elide: Text.ElideRight
            fontSizeMode: Text.Fit
            minimumPixelSize: 26 * root.measure
            lineHeight: 0.95
            color: root.ink
            font.weight: Font.DemiBold
            font.pixelSize: 42 * root.measure
        }
    }
}
