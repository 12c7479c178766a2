// One of the last calls: ticket, counter, agency.
import QtQuick
import Loket

Rectangle {
    id: root

    required property string ticket
    required property string counter
    required property string agency
    required property bool standing
    required property bool flashing
    required property real unit
    required property string counterWord

    readonly property color ink: root.flashing ? Theme.flashInk : root.standing ? Theme.nightInk : Theme.nightInkSoft
    // A name that is far too long for one line takes two, and the number makes room; one that nearly fits is set smaller.
    readonly property bool isLong: measure.advanceWidth > name.width * 1.15
    readonly property real edge: Theme.space(3) * root.unit

    radius: Theme.radius * root.unit
    color: root.flashing ? Theme.flash : root.standing ? Theme.nightSurface : Theme.night
    border.width: root.standing || root.flashing ? 0 : Math.max(1, 2 * root.unit)
    border.color: Theme.nightSurface

    Rectangle {
        visible: root.standing && !root.flashing
        x: Theme.space(1) * root.unit
        anchors.verticalCenter: parent.verticalCenter
        width: 6 * root.unit
        height: parent.height * 0.6
        radius: width / 2
        color: Theme.flash
    }

    TextMetrics {
        id: measure
        text: root.agency
        font.family: name.font.family
        font.weight: name.font.weight
        font.pixelSize: Math.min(25 * root.unit, root.height * 0.2)
    }

    Label {
        id: number
        objectName: "rowTicket"
        x: root.edge
        y: name.visible ? root.height * (root.isLong ? 0.03 : 0.06) : 0
        width: parent.width - root.edge * 2 - place.width - Theme.space(2) * root.unit
        height: name.visible ? root.height * (root.isLong ? 0.5 : 0.62) : root.height
        text: root.ticket
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 20
        color: root.ink
        font.weight: Font.ExtraBold
        font.pixelSize: Math.min(76 * root.unit, root.height * (name.visible && root.isLong ? 0.5 : 0.62))
    }

    Label {
        id: name
        objectName: "rowAgency"
        visible: text !== ""
        x: root.edge
        y: root.height * (root.isLong ? 0.53 : 0.66)
        width: parent.width - root.edge * 2 - place.width - Theme.space(2) * root.unit
        height: root.height * (root.isLong ? 0.43 : 0.24)
        text: root.agency
        verticalAlignment: Text.AlignVCenter
        wrapMode: root.isLong ? Text.WordWrap : Text.NoWrap
        maximumLineCount: 2
        lineHeight: 0.9
        elide: Text.ElideRight
        color: root.flashing ? Theme.flashInk : Theme.nightInkSoft
        font.weight: Font.DemiBold
        fontSizeMode: root.isLong ? Text.Fit : Text.HorizontalFit
        minimumPixelSize: 11
        font.pixelSize: Math.min(25 * root.unit, root.height * (root.isLong ? 0.19 : 0.2))
    }

    Row {
        id: place
        anchors.right: parent.right
        anchors.rightMargin: root.edge
        height: parent.height
        spacing: Theme.space(1.5) * root.unit

        Label {
            anchors.baseline: where.baseline
            text: root.counterWord
            color: root.flashing ? Theme.flashInk : Theme.nightInkSoft
            font.weight: Font.Bold
            font.pixelSize: Math.min(27 * root.unit, root.height * 0.22)
        }

        Label {
            id: where
            objectName: "rowCounter"
            height: root.height
            text: root.counter
            verticalAlignment: Text.AlignVCenter
            color: root.flashing ? Theme.flashInk : root.standing ? Theme.flash : Theme.nightInkSoft
            font.weight: Font.ExtraBold
            font.pixelSize: Math.min(76 * root.unit, root.height * 0.62)
        }
    }
}
