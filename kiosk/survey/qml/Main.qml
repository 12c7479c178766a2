// The tablet's window: one page at a time, and the bar beneath it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Loket
import "../../qml"

Window {
    id: root

    required property var vm

    readonly property var it: root.vm.screens.it
    readonly property string shown: root.it.page
    readonly property var pages: ({
            "idle": "IdlePage.qml",
            "ticket": "TicketPage.qml",
            "question": "QuestionPage.qml",
            "text": "TextPage.qml",
            "said": "SaidPage.qml",
            "pairing": "PairingCodePage.qml"
        })

    width: 1280
    height: 800
    color: Theme.paper
    flags: Qt.Window | Qt.FramelessWindowHint
    title: "Loket"

    onShownChanged: page.setSource(root.pages[root.shown], {
        "vm": root.vm
    })
    onWidthChanged: Ui.width = root.width
    onHeightChanged: Ui.height = root.height
    Component.onCompleted: {
        Ui.width = root.width;
        Ui.height = root.height;
        root.vm.attach(root);
    }

    Loader {
        id: page
        objectName: "page"
        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: bar.top
    }

    SurveyBar {
        id: bar
        vm: root.vm
        anchors.left: parent.left
        anchors.right: parent.right
        y: visible ? root.height - height : root.height
        visible: root.it.canStop || root.it.canGoBack
    }
}
