namespace DoorAgent.EndToEnd;

/// <summary>A data directory and a configuration of one test, with adam enrolled and before the camera.</summary>
internal sealed class Door : IDisposable
{
    public const string AdamsBadge = "H10301:123:4567";

    private readonly string _folder = Directory.CreateTempSubdirectory("dooragent-e2e-").FullName;

    /// <summary>
    /// The tests run in real time, and a busy machine gives the door its frames late, and the test its lines: what is waited for
    /// may take longer than as shipped, as on the virtual door.
    /// </summary>
    /// <param name="cameraShows">A shipped picture or folder of pictures.</param>
    public Door(string cameraShows = "adam/door-1") => File.WriteAllText(ConfigFile, $$"""
        {
          "Hardware": { "Kind": "simulated", "Contact": "23", "Exit": 24, "Camera": "{{Picture(cameraShows)}}" },
          "Decisions": { "AttemptTimeout": "60 s", "PinTimeout": "60 s", "MaxGap": "10 s", "MaxFrameAge": "2 s" },
          "Frames": { "SilentAfter": "30 s" },
          "Doors": { "AccessTime": "30 s" }
        }
        """);

    public string Data => Path.Combine(_folder, "data");

    public string ConfigFile => Path.Combine(_folder, "dooragent.json");

    /// <summary>A shipped picture or folder of pictures.</summary>
    public static string Picture(string relative) => Path.Combine(AppContext.BaseDirectory, "builtin", "people", relative);

    /// <summary>Writes a configuration of one section.</summary>
    public void Settings(string section, string json) => File.WriteAllText(ConfigFile, $$"""{ "{{section}}": {{json}} }""");

    public void EnrolAdam()
    {
        (int code, string said) = Run("people", "add", "adam", "--images", Picture("adam"), "--badge", AdamsBadge);
        Assert.True(code == 0, said);
    }

    /// <summary>What a command is told: that it is about this door, where the command takes it.</summary>
    public string[] With(IReadOnlyList<string> arguments) =>
        arguments[0] is "simulate" or "try" ? [.. arguments] : [.. arguments, "--data", Data, "--config", ConfigFile];

    public (int ExitCode, string Said) Run(params string[] arguments) => Daemon.Run([.. arguments, "--data", Data, "--config", ConfigFile]);

    public Daemon Start(params string[] arguments) => Daemon.Start(["run", "--data", Data, "--config", ConfigFile, .. arguments]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
