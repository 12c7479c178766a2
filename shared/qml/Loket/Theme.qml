// Colours, type and measures of all three programs, in one place.
pragma Singleton
import QtQuick

QtObject {
    // Light: kiosk and counter. Contrast on paper: ink 15.6:1, inkSoft 7.2:1, primary 7.5:1, alarm 6.1:1.
    readonly property color paper: "#FBF8F3"
    readonly property color surface: "#FFFFFF"
    readonly property color ink: "#13202B"
    readonly property color inkSoft: "#4A5763"
    readonly property color rule: "#D9D3C7"
    readonly property color primary: "#0B5A52"
    readonly property color primaryDeep: "#073F3A"
    readonly property color primaryInk: "#FFFFFF"
    readonly property color primarySoft: "#E2F0EC"
    readonly property color accent: "#C8932B"
    readonly property color accentSoft: "#FBF0DA"
    readonly property color accentInk: "#7A5205"
    readonly property color alarm: "#B3261E"
    readonly property color alarmSoft: "#FBE9E7"
    readonly property color good: "#187245"
    readonly property color goodSoft: "#E4F4EA"

    // Dark: the lobby displays.
    readonly property color night: "#0C1B26"
    readonly property color nightSurface: "#14293A"
    readonly property color nightRule: "#27455A"
    readonly property color nightInk: "#F6F1E7"
    readonly property color nightInkSoft: "#A9B8C4"
    readonly property color flash: "#F2B632"
    readonly property color flashInk: "#13202B"

    // Pixels at scale 1; a program multiplies by the scale of its window.
    readonly property string family: "Plus Jakarta Sans"
    readonly property int caption: 20
    readonly property int body: 26
    readonly property int lead: 32
    readonly property int title: 44
    readonly property int headline: 64
    readonly property int display: 120

    readonly property int radius: 16
    readonly property int touch: 88

    function space(steps: real): real {
        return 8 * steps;
    }
}
