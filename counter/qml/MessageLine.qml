// The last refusal, in a sentence, where the eye already is.
import QtQuick
import Loket

Rectangle {
    id: root

    required property string text
    required property real u

    visible: root.text !== ""
    implicitHeight: label.implicitHeight + 18 * root.u
    radius: 10 * root.u
    color: Theme.alarmSoft
    border.width: 1
    border.color: Qt.alpha(Theme.alarm, 0.35)

    Label {
        id: label
        objectName: "message"
        anchors.verticalCenter: parent.verticalCenter
        x: 16 * root.u
        width: parent.width - 32 * root.u
        u: root.u
        size: 17
        text: root.text
        wrapMode: Text.WordWrap
        font.weight: Font.DemiBold
        color: Theme.alarm
    }
}
