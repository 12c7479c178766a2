// The kiosk's window: one page at a time, the bar beneath it, and what may lie over them.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Loket

Window {
    id: root

    required property var vm

    readonly property var frame: root.vm.screens.frame
    readonly property string shown: root.frame.page
    // Loaded when first shown: most of a day's first minute is the idle page.
    readonly property var pages: ({
            "idle": "IdlePage.qml",
            "agencies": "AgenciesPage.qml",
            "search": "SearchPage.qml",
            "services": "ServicesPage.qml",
            "service": "ServicePage.qml",
            "priority": "PriorityPage.qml",
            "otherDays": "OtherDaysPage.qml",
            "number": "NumberPage.qml",
            "message": "MessagePage.qml",
            "pairing": "IntroductionPage.qml",
            "pin": "PinPage.qml",
            "booking": "BookingPage.qml",
            "staff": "StaffPage.qml"
        })

    width: 1080
    height: 1920
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
        anchors.bottom: basket.top
        enabled: root.frame.settled
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
        id: basket
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: notice.top
        height: visible ? Ui.touch + Ui.px(Ui.portrait ? 28 : 12) : 0
        visible: root.frame.basket !== ""
        enabled: root.frame.settled
        color: Theme.primarySoft

        Label {
            objectName: "basketText"
            anchors.verticalCenter: parent.verticalCenter
            x: Ui.margin
            width: go.x - x - Ui.gap
            text: root.frame.basket
            size: 28
            color: Theme.primary
            font.weight: Font.Bold
            maximumLineCount: 2
            elide: Text.ElideRight
        }

        BigButton {
            id: go
            objectName: "lookAtBasket"
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: Ui.margin
            width: Ui.px(Ui.portrait ? 280 : 200)
            size: 32
            text: root.vm.screens.words.basketGo
            onClicked: root.vm.lookAtBasket()
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
}
