namespace DoorAgent.EndToEnd;

/// <summary>The data directory and the configuration of one test, with pictures of adam as the camera.</summary>
internal sealed class Door : IDisposable
{
    public const string AdamsBadge = "H10301:123:4567";

    private readonly string _folder = Directory.CreateTempSubdirectory("dooragent-e2e-").FullName;

    /// <summary>
    /// Makes the folder and a configuration without the liveness check, which may refuse stills, and with longer times than the
    /// defaults, as on the virtual door: the tests run in real time, and on a busy machine frames reach the door late and lines reach the
    /// test late.
    /// </summary>
    /// <param name="cameraShows">The shipped picture or folder of pictures that the camera shows.</param>
    public Door(string cameraShows = "adam/door-1") => File.WriteAllText(ConfigFile, $$"""
        {
          "Hardware": { "Kind": "simulated", "Contact": "23", "Exit": 24, "Camera": "{{Picture(cameraShows)}}" },
          "Decisions": { "AttemptTimeout": "60 s", "PinTimeout": "60 s", "MaxGap": "10 s", "MaxFrameAge": "2 s" },
          "Liveness": { "Mode": "off" },
          "Frames": { "SilentAfter": "30 s" },
          "Doors": { "AccessTime": "30 s" }
        }
        """);

    public string Data => Path.Combine(_folder, "data");

    public string ConfigFile => Path.Combine(_folder, "dooragent.json");

    /// <summary>The full path of a shipped picture or folder of pictures.</summary>
    public static string Picture(string relative) => Path.Combine(AppContext.BaseDirectory, "builtin", "people", relative);

    /// <summary>Writes a configuration with one section only.</summary>
    public void Settings(string section, string json) => File.WriteAllText(ConfigFile, $$"""{ "{{section}}": {{json}} }""");

    public void EnrolAdam()
    {
        (int code, string said) = Run("people", "add", "adam", "--images", Picture("adam"), "--badge", AdamsBadge);
        Assert.True(code == 0, said);
    }

    /// <summary>Adds the options that name this door, for commands that have these options.</summary>
    public string[] With(IReadOnlyList<string> arguments) =>
        arguments[0] is "simulate" or "try" ? [.. arguments] : [.. arguments, "--data", Data, "--config", ConfigFile];

    public (int ExitCode, string Said) Run(params string[] arguments) => Daemon.Run([.. arguments, "--data", Data, "--config", ConfigFile]);

    public Daemon Start(params string[] arguments) => Daemon.Start(["run", "--data", Data, "--config", ConfigFile, .. arguments]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
