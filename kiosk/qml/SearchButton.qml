// Looks like a search field; opens the search.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm

    objectName: "openSearch"
    height: Ui.touch
    radius: height / 2
    color: touch.pressed ? Theme.primarySoft : Theme.surface
    border.width: Ui.px(3)
    border.color: Theme.primary
    Accessible.role: Accessible.Button
    Accessible.name: root.vm.screens.words.search
    Accessible.onPressAction: root.vm.openSearch()

    Icon {
        id: glass
        x: Ui.px(Ui.portrait ? 32 : 24)
        anchors.verticalCenter: parent.verticalCenter
        name: "search"
        color: Theme.primary
        size: Ui.px(Ui.portrait ? 40 : 30)
        weight: 2.4
    }

    Label {
        anchors.left: glass.right
        anchors.leftMargin: Ui.px(20)
        anchors.right: parent.right
        anchors.rightMargin: Ui.px(24)
        anchors.verticalCenter: parent.verticalCenter
        text: root.vm.screens.words.searchHint
        size: Ui.portrait ? 28 : 24
        color: Ui.soft
        font.weight: Font.Medium
        maximumLineCount: 1
        elide: Text.ElideRight
    }

    MouseArea {
        id: touch
        anchors.fill: parent
        onClicked: root.vm.openSearch()
    }
}
