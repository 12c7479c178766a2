// The green head of a page: where you are, what time it is, and the one question of the page.
pragma ComponentBehavior: Bound
import QtQuick
import Loket

Rectangle {
    id: root

    required property var vm
    property string title
    property string under

    readonly property var frame: root.vm.screens.frame

    color: Theme.primaryDeep
    clip: true

    Kawung {
        anchors.fill: parent
        cell: Ui.px(Ui.portrait ? 136 : 92)
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Ui.px(6)
        color: Theme.accent
    }

    Label {
        id: site
        x: Ui.margin
        y: Ui.px(Ui.portrait ? 40 : 16)
        width: parent.width - 2 * Ui.margin - clock.width - Ui.gap
        text: root.frame.site
        size: Theme.body
        color: Theme.primaryInk
        opacity: 0.92
        font.weight: Font.DemiBold
        maximumLineCount: 1
        elide: Text.ElideRight
    }

    Label {
        id: clock
        anchors.right: parent.right
        anchors.rightMargin: Ui.margin
        anchors.verticalCenter: site.verticalCenter
        text: root.frame.clock
        size: Theme.lead
        color: Theme.primaryInk
        font.weight: Font.Bold
        wrapMode: Text.NoWrap
    }

    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Ui.margin
        anchors.rightMargin: Ui.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Ui.px(Ui.portrait ? 44 : 20)
        spacing: Ui.px(Ui.portrait ? 10 : 2)

        Label {
            visible: root.under !== "" && Ui.portrait
            width: parent.width
            text: root.under
            size: Theme.lead
            color: "#BFE0D8"
            font.weight: Font.DemiBold
            maximumLineCount: 2
            elide: Text.ElideRight
        }

        Label {
            objectName: "pageTitle"
            width: parent.width
            height: Math.min(implicitHeight, Ui.px(Ui.portrait ? 270 : 52))
            text: root.title
            size: Theme.headline
            fontSizeMode: Text.Fit
            minimumPixelSize: Ui.px(22)
            color: Theme.primaryInk
            font.weight: Font.ExtraBold
            lineHeight: 1.05
            elide: Text.ElideRight
            maximumLineCount: Ui.portrait ? 3 : 1
        }
    }
}
