// The kiosk's window: one page at a time, the bar beneath it, and what may lie over them.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Loket

Window {
    id: root

    required property var vm

    readonly property var frame: root.vm.screens.frame
    readonly property var pages: ({
            "idle": idlePage,
            "agencies": agenciesPage,
            "search": searchPage,
            "services": servicesPage,
            "service": servicePage,
            "priority": priorityPage,
            "number": numberPage,
            "message": messagePage,
            "pairing": pairingPage,
            "pin": pinPage,
            "staff": staffPage
        })

    width: 1080
    height: 1920
    color: Theme.paper
    flags: Qt.Window | Qt.FramelessWindowHint
    title: "Loket"

    onWidthChanged: Ui.width = root.width
    onHeightChanged: Ui.height = root.height
    Component.onCompleted: {
        Ui.width = root.width;
        Ui.height = root.height;
        root.vm.attach(root);
    }

    Binding {
        target: Ui
        property: "large"
        value: root.frame.large
    }

    Loader {
        id: page
        objectName: "page"
        anchors.top: parent.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: notice.top
        enabled: root.frame.settled
        sourceComponent: root.pages[root.frame.page]
        onLoaded: arrive.restart()

        NumberAnimation {
            id: arrive
            target: page
            property: "opacity"
            from: 0.6
            to: 1
            duration: 120
            easing.type: Easing.OutCubic
        }
    }

    Rectangle {
        id: notice
        objectName: "paperNotice"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: bar.top
        height: visible ? noticeText.implicitHeight + Ui.px(Ui.portrait ? 32 : 14) : 0
        visible: root.frame.notice !== ""
        color: Theme.accentSoft

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            x: Ui.margin
            name: root.frame.noticeIcon
            color: Theme.accentInk
            size: Ui.px(Ui.portrait ? 36 : 24)
        }

        Label {
            id: noticeText
            objectName: "noticeText"
            anchors.verticalCenter: parent.verticalCenter
            x: Ui.margin + Ui.px(Ui.portrait ? 56 : 40)
            width: parent.width - x - Ui.margin
            text: root.frame.notice
            size: 24
            color: Theme.accentInk
            font.weight: Font.DemiBold
        }
    }

    BottomBar {
        id: bar
        vm: root.vm
        enabled: root.frame.settled
        anchors.left: parent.left
        anchors.right: parent.right
        y: visible ? root.height - height : root.height
        visible: root.frame.canGoBack || root.frame.canSwitch
    }

    StillThere {
        anchors.fill: parent
        vm: root.vm
        visible: root.frame.asksAgain
    }

    Component {
        id: idlePage
        IdlePage {
            vm: root.vm
        }
    }
    Component {
        id: agenciesPage
        AgenciesPage {
            vm: root.vm
        }
    }
    Component {
        id: searchPage
        SearchPage {
            vm: root.vm
        }
    }
    Component {
        id: servicesPage
        ServicesPage {
            vm: root.vm
        }
    }
    Component {
        id: servicePage
        ServicePage {
            vm: root.vm
        }
    }
    Component {
        id: priorityPage
        PriorityPage {
            vm: root.vm
        }
    }
    Component {
        id: numberPage
        NumberPage {
            vm: root.vm
        }
    }
    Component {
        id: messagePage
        MessagePage {
            vm: root.vm
        }
    }
    Component {
        id: pairingPage
        PairingPage {
            code: root.vm.screens.pairing.code
            title: root.vm.screens.words.pairingTitle
            hint: root.vm.screens.pairing.hint
            scaleBy: Ui.scale * (Ui.portrait ? 1 : 0.8)
        }
    }
    Component {
        id: pinPage
        PinPage {
            vm: root.vm
        }
    }
    Component {
        id: staffPage
        StaffPage {
            vm: root.vm
        }
    }
}
