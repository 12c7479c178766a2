// One sentence, and back to the start.
pragma ComponentBehavior: Bound
import QtQuick
import "../../qml"

Item {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.it

    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Ui.px(Ui.portrait ? 110 : 160)
        spacing: Ui.px(Ui.portrait ? 40 : 24)

        Face {
            visible: root.it.happy
            anchors.horizontalCenter: parent.horizontalCenter
            score: 4
            size: Ui.px(Ui.portrait ? 300 : 210)
        }

        Label {
            objectName: "saidTitle"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.it.title
            size: root.it.happy ? 80 : 54
            font.weight: Font.ExtraBold
            lineHeight: 1.1
        }

        Label {
            visible: text !== ""
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.it.hint
            size: 36
            color: Ui.soft
        }
    }

    MouseArea {
        anchors.fill: parent
        enabled: root.it.canGoOn
        onClicked: root.vm.goOn()
    }
}
