// Turns the pages of a list: a plain button instead of a hidden scroll.
pragma ComponentBehavior: Bound
import QtQuick

Item {
    id: root

    required property var vm
    required property var turns

    visible: root.turns.text !== ""
    height: Ui.touch

    BigButton {
        objectName: "previous"
        visible: root.turns.previous
        width: (root.width - middle.width) / 2
        kind: "secondary"
        icon: "back"
        size: 28
        text: root.vm.screens.words.previous
        onClicked: root.vm.turn(-1)
    }

    Label {
        id: middle
        anchors.centerIn: parent
        width: root.width * 0.3
        horizontalAlignment: Text.AlignHCenter
        text: root.turns.text
        size: Ui.portrait ? 24 : 22
        color: Ui.soft
        font.weight: Font.DemiBold
    }

    BigButton {
        objectName: "next"
        visible: root.turns.next
        anchors.right: parent.right
        width: (root.width - middle.width) / 2
        kind: "secondary"
        icon: "next"
        trailing: true
        size: 28
        text: root.vm.screens.words.next
        onClicked: root.vm.turn(1)
    }
}
