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
        visible: list.count === 0
        text: root.english ? root.words.noCalls + "\n" + root.wordsEn.noCalls : root.words.noCalls
        horizontalAlignment: Text.AlignHCenter
        color: Theme.nightInkSoft
        font.pixelSize: Theme.lead * root.unit
    }

    ListView {
        id: list
        objectName: "rows"
        anchors.top: title.bottom
        anchors.bottom: parent.bottom
        width: parent.width
        interactive: false
        spacing: root.spacing
        model: root.rows

        delegate: CallRow {
            width: list.width
            height: (list.height - root.spacing * (root.capacity - 1)) / root.capacity
            unit: root.unit
            counterWord: root.words.counter
        }

        displaced: Transition {
            NumberAnimation {
                property: "y"
                duration: 220
                easing.type: Easing.OutCubic
            }
        }
    }
}
