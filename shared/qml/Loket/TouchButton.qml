// A button for a finger: large, plainly labelled, says at once that it was touched.
pragma ComponentBehavior: Bound
import QtQuick

Rectangle {
    id: root

    property string text
    property string detail
    property string iconText
    property string kind: "primary"
    property real scaleBy: 1
    property real textSize: Theme.lead
    property bool centred: true

    readonly property bool held: touch.pressed && root.enabled

    signal clicked

    readonly property color ground: root.kind === "primary" ? Theme.primary : root.kind === "danger" ? Theme.alarm : root.kind === "secondary" ? Theme.surface : "transparent"
    readonly property color groundHeld: root.kind === "primary" ? Theme.primaryDeep : root.kind === "danger" ? Qt.darker(Theme.alarm, 1.3) : Theme.primarySoft
    readonly property color label: root.kind === "primary" || root.kind === "danger" ? Theme.primaryInk : Theme.primary

    implicitHeight: Math.max(Theme.touch * root.scaleBy, content.implicitHeight + Theme.space(3) * root.scaleBy)
    implicitWidth: Math.max(implicitHeight, content.implicitWidth + Theme.space(8) * root.scaleBy)
    radius: Theme.radius * root.scaleBy
    color: !root.enabled ? Qt.alpha(root.ground, root.kind === "quiet" ? 0 : 0.35) : root.held ? root.groundHeld : root.ground
    border.width: root.kind === "secondary" ? Math.max(2, 3 * root.scaleBy) : 0
    border.color: root.enabled ? Theme.primary : Theme.rule
    scale: root.held ? 0.985 : 1
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: root.clicked()

    Behavior on scale {
        NumberAnimation {
            duration: 80
        }
    }

    Row {
        id: content
        anchors.verticalCenter: parent.verticalCenter
        x: root.centred ? (root.width - width) / 2 : Theme.space(3) * root.scaleBy
        spacing: Theme.space(2) * root.scaleBy

        Text {
            visible: text !== ""
            anchors.verticalCenter: parent.verticalCenter
            text: root.iconText
            textFormat: Text.PlainText
            color: root.label
            font.family: Theme.family
            font.weight: Font.Bold
            font.pixelSize: root.textSize * 1.15 * root.scaleBy
        }

        Column {
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.space(0.5) * root.scaleBy

            Text {
                width: Math.min(implicitWidth, root.width - Theme.space(6) * root.scaleBy)
                text: root.text
                textFormat: Text.PlainText
                wrapMode: Text.WordWrap
                horizontalAlignment: root.centred ? Text.AlignHCenter : Text.AlignLeft
                color: root.enabled ? root.label : root.kind === "primary" || root.kind === "danger" ? Theme.primaryInk : Theme.inkSoft
                font.family: Theme.family
                font.weight: Font.Bold
                font.pixelSize: root.textSize * root.scaleBy
            }

            Text {
                visible: text !== ""
                width: Math.min(implicitWidth, root.width - Theme.space(6) * root.scaleBy)
                text: root.detail
                textFormat: Text.PlainText
                wrapMode: Text.WordWrap
                horizontalAlignment: root.centred ? Text.AlignHCenter : Text.AlignLeft
                color: root.label
                font.family: Theme.family
                font.weight: Font.DemiBold
                font.pixelSize: root.textSize * 0.7 * root.scaleBy
            }
        }
    }

    MouseArea {
        id: touch
        anchors.fill: parent
        onClicked: root.clicked()
    }
}
