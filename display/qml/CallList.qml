// The last calls of the zone, newest above; who still stands at a counter is bright.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Item {
    id: root

    required property real unit
    required property var rows
    required property var words
    required property var wordsEn
    required property bool english

    readonly property int capacity: 6
    readonly property real spacing: Theme.space(1.5) * root.unit

    Label {
        id: title
        width: parent.width
        height: 56 * root.unit
        text: root.english ? root.words.lastCalls + "  ·  " + root.wordsEn.lastCalls : root.words.lastCalls
        verticalAlignment: Text.AlignVCenter
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 12
        color: Theme.nightInkSoft
        font.weight: Font.Bold
        font.pixelSize: Theme.lead * root.unit
    }

    Label {
        anchors.centerIn: parent
        visible: repeater.count === 0
        text: root.english ? root.words.noCalls + "\n" + root.wordsEn.noCalls : root.words.noCalls
        horizontalAlignment: Text.AlignHCenter
        color: Theme.nightInkSoft
        font.pixelSize: Theme.lead * root.unit
    }

    Item {
        id: list
        objectName: "rows"
        anchors.top: title.bottom
        anchors.bottom: parent.bottom
        width: parent.width

        readonly property real pitch: (height + root.spacing) / root.capacity

        Repeater {
            id: repeater
            model: root.rows

            // A row's place is bound to its number, so an animation that is broken off still ends in the right place.
            delegate: CallRow {
                id: row
                required property int index

                width: list.width
                height: list.pitch - root.spacing
                y: row.index * list.pitch
                unit: root.unit
                counterWord: root.words.counter

                Behavior on y {
                    NumberAnimation {
                        duration: 220
                        easing.type: Easing.OutCubic
                    }
                }
            }
        }
    }
}
