// What in the hall needs a hand, while it does.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var alerts
    required property real u

    visible: root.alerts.length > 0
    implicitHeight: visible ? Math.round(36 * root.u) : 0
    color: Theme.accentSoft
    clip: true

    Row {
        anchors.verticalCenter: parent.verticalCenter
        x: 20 * root.u
        spacing: 28 * root.u

        Repeater {
            model: root.alerts

            Row {
                id: alert
                required property string modelData
                spacing: 8 * root.u

                Label {
                    u: root.u
                    size: 15
                    text: "▲"
                    color: Theme.accent
                }

                Label {
                    objectName: "alert"
                    u: root.u
                    size: 15
                    text: alert.modelData
                    font.weight: Font.DemiBold
                    color: Theme.accentInk
                }
            }
        }
    }
}
