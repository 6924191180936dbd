using System.Globalization;

namespace DoorAgent.EndToEnd.Page;

/// <summary>The answers of a door that has a bit of everything: long and hostile names, an alarm, blocked badges.</summary>
internal static class ShownAnswers
{
    /// <summary>A name that would run a script on a page that takes names for markup.</summary>
    public const string HostileName = "<img src=x onerror=alert(1)>";

    /// <summary>As long as a name may be.</summary>
    public const string LongName = "Maximiliane Katharina von Hohenstein-Waldburg-Zeil zu Schwarzen";

    private static readonly string Today = DateTime.Today.AddHours(8).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
    private static readonly string Yesterday = DateTime.Today.AddHours(-9).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    public static string Session(string role = "technician") => $$"""{"role":"{{role}}","until":"{{Today}}:59Z"}""";

    /// <summary>The last events of the status, oldest first.</summary>
    public static string Events => $$"""
        [{"sequence":1201,"time":"{{Yesterday}}:10Z","kind":"Started","level":"INF","detail":"SIMULATED hardware, badge-and-face"},
        {"sequence":1202,"time":"{{Yesterday}}:31Z","kind":"Denied","level":"WRN","reason":"FaceNotMatched","personId":4,
          "person":"{{LongName}}","badge":"H10301 ...67","distance":1.241,"threshold":0.978},
        {"sequence":1203,"time":"{{Today}}:02Z","kind":"DoorForced","level":"ERR"},
        {"sequence":1204,"time":"{{Today}}:09Z","kind":"Restored","level":"INF","detail":"after 7 s"},
        {"sequence":1205,"time":"{{Today}}:20Z","kind":"Denied","level":"ERR","reason":"BadgeBlocked","badge":"H10301 ...12"},
        {"sequence":1206,"time":"{{Today}}:31Z","kind":"Granted","level":"INF","personId":2,"person":"{{HostileName}}",
          "badge":"H10301 ...99","distance":0.412,"threshold":0.978},
        {"sequence":1207,"time":"{{Today}}:33Z","kind":"AccessTaken","level":"INF","personId":2,"person":"{{HostileName}}"}]
        """;

    /// <summary>The state of the door.</summary>
    public static string StatusOf(string door = "locked", string role = "technician",
        string mode = """{"mode":"normal","words":"normal"}""", string faults = "[]", string more = "") => $$"""
        {"session":{{Session(role)}},"events":{{Events}},
        "door":{"running":"SIMULATED hardware, badge-and-face, yunet-n with mobilefacenet, folder builtin/people/adam/door-1",
        "since":"{{Yesterday}}:00Z","now":"{{Today}}:40Z","door":"{{door}}","lights":"look-at-camera","contact":"closed",
        "exitButton":"released","reader":"Wiegand on GPIO 17 and 27","framesASecond":14.8,"version":"0.2.0","gallery":"12 people, revision 31, mobilefacenet",
        "liveness":"two networks and a turn of the head","schedules":{"office":"Mon-Fri 07:00-19:00"},"notes":[],
        "lockedOut":[{"id":4,"person":"{{LongName}}","until":"{{Today}}:59Z"}],"faults":{{faults}},"mode":{{mode}}{{more}} } }
        """;

    public static string Status => StatusOf();

    public const string Facts = """{"width":320,"height":240,"bytes":1,"isUsable":true,"face":{"x":112,"y":62,"width":88,"height":116}}""";

    public const string DarkFacts = """
        {"width":320,"height":240,"bytes":1,"isUsable":false,"problem":"TooDark","face":{"x":112,"y":62,"width":88,"height":116}}
        """;

    public static string People => $$"""
        {"total":4,"schedules":["always","office","night"],"people":[
        {"id":1,"name":"adam","isEnabled":true,"isExtended":false,"schedule":"always","pictures":3,"hasPin":true,"consent":"2026-03-31",
          "badges":[{"id":1,"hint":"H10301 ...67","state":"active"}],"obstacles":[]},
        {"id":2,"name":"{{HostileName}}","isEnabled":true,"schedule":"office","pictures":5,
          "badges":[{"id":2,"hint":"H10301 ...99","state":"active"},
          {"id":3,"hint":"CSN4 ...12","state":"lost"}],"obstacles":[]},
        {"id":4,"name":"{{LongName}}","isEnabled":true,"isExtended":true,"schedule":"office","validUntil":"2026-12-31","pictures":10,
          "badges":[{"id":4,"hint":"H10301 ...12","state":"blocked"}],"obstacles":["The only badge is blocked."]},
        {"id":5,"name":"Zoë","isEnabled":false,"schedule":"always","pictures":3,"badges":[],"obstacles":["The person is disabled."]}]}
        """;

    public const string Check = """
        {"result":"fault","findings":[
        {"check":"Configuration","level":"ok","what":"/etc/dooragent/dooragent.json is read and valid"},
        {"check":"Camera","level":"fault","what":"/dev/video0 gives no picture within 5 s",
          "next":"Check the cable and the lens; 'dooragent camera list' shows the cameras and which programs use them."},
        {"check":"Disk","level":"warning","what":"1.2 GB are free in /var/lib/dooragent","next":"Auditing:KeepMB limits the journal."},
        {"check":"Journal","level":"ok","what":"8,211 records, written in 4 ms"},
        {"check":"Gallery","level":"ok","what":"12 people, sealed"}]}
        """;

    public const string Settings = """
        {"settings":[
        {"key":"Decisions:Mode","value":"badge-and-face","origin":"default","meaning":"What opens the door."},
        {"key":"Decisions:AttemptTimeout","value":"60 s","origin":"/etc/dooragent/dooragent.json","meaning":"How long an attempt lasts."},
        {"key":"Doors:AccessTime","value":"30 s","origin":"/etc/dooragent/dooragent.json","meaning":"How long the relay is on."},
        {"key":"Doors:Relock","value":"open","origin":"default","meaning":"What ends an unlock."},
        {"key":"Hardware:Camera","value":"rtsp://...@camera.lan/stream/with/a/long/path","origin":"environment","meaning":"The camera."}]}
        """;

    public const string Links = """
        {"links":{"since":"2026-11-28T07:00:00Z","channels":[
        {"name":"mqtt","isConnected":true,"isOff":false,"waiting":0,"position":1207,"lastDelivery":"2026-11-28T08:00:00Z"},
        {"name":"mail","isConnected":false,"isOff":false,"waiting":12,"position":1195,"nextTry":"2026-11-28T08:05:00Z",
          "failure":"mail.example: the server does not answer (Connection refused)","failedAt":"2026-11-28T08:00:00Z"}]}}
        """;

    public static string Enrolment(string step, int taken = 0, string advice = "", string words = "") => $$"""
        {"name":"Zoë","step":"{{step}}","taken":{{taken}},"wanted":5,"words":"{{words}}","advice":"{{advice}}","secondsLeft":41.2,
        "badgeHint":{{(step == "badge" ? "null" : "\"H10301 ...45\"")}}}
        """;

    /// <summary>The answers of a door to a technician.</summary>
    public static Dictionary<string, string> Usual => new()
    {
        ["GET /api/session"] = Session(),
        ["GET /api/status"] = Status,
        ["GET /api/events"] = $$"""{"hasMore":true,"events":{{Newest}}}""",
        ["GET /api/events/1206"] = """{"attempt":[],"path":["The badge was read.","Three pictures matched."],"frames":[]}""",
        ["GET /api/events/1202"] = """{"attempt":[],"path":["The badge was read."],"frames":["0.2 s: distance 1.241"]}""",
        ["GET /api/people"] = People,
        ["GET /api/enrolments"] = "null",
        ["POST /api/enrolments"] = Enrolment("badge"),
        ["DELETE /api/enrolments"] = "null",
        ["POST /api/check"] = Check,
        ["GET /api/settings"] = Settings,
        ["GET /api/links"] = Links,
        ["POST /api/unlock"] = """{"done":"Unlocked for 5 s."}""",
        ["POST /api/lock"] = """{"done":"Locked."}""",
        ["POST /api/mode"] = """{"done":"Normal."}""",
        ["POST /api/end"] = "{}",
        ["PATCH /api/people/1"] = """{"done":"Done."}""",
        ["DELETE /api/people/2"] = """{"done":"Erased."}""",
    };

    private static string Newest => new System.Text.Json.Nodes.JsonArray(
        [.. System.Text.Json.Nodes.JsonNode.Parse(Events)!.AsArray().Reverse().Select(one => one!.DeepClone())]).ToJsonString();
}
