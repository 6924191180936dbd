namespace DoorAgent.Faults;

/// <summary>
/// The folder in which the program is killed: a data directory with its key beside it, the configuration of a door with real lines (on
/// the simulated chip of disk.c), a serial reader and a camera that is a script, and the state in which each try begins.
/// </summary>
internal sealed class FaultBench : IDisposable
{
    /// <summary>Adam's badge, as commands name it and as the reader sends it; a badge of nobody.</summary>
    public const string AdamsBadge = "H10301:123:4567", AdamRead = "0008065495", StrangerRead = "0000131089";

    private readonly string _folder = Directory.CreateTempSubdirectory("dooragent-faults-").FullName;

    public FaultBench()
    {
        foreach (string folder in (string[])[Work, Start, Chips, Temporary])
            Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(Chips, "gpiochip0"), "");
        string camera = Path.Combine(_folder, "camera");
        File.WriteAllText(camera, $"#!/bin/sh\nwhile cat '{Picture("adam/door-1")}'/*.jpg; do sleep 0.1; done\n");
        File.SetUnixFileMode(camera, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Configuration, $$"""
            {
              "Hardware": { "Kind": "gpio", "Contact": "none", "Exit": 24, "Camera": "csi", "RpicamVid": "{{camera}}" },
              "Badges": { "Reader": "serial", "Device": "{{Line.Device}}" },
              "Decisions": { "AttemptTimeout": "60 s", "MaxGap": "10 s", "MaxFrameAge": "2 s" },
              "Frames": { "SilentAfter": "30 s" },
              "Liveness": { "Mode": "off" },
              "Doors": { "AccessTime": "1 s" },
              "People": { "KeepCrops": true }
            }
            """);
    }

    /// <summary>The built program, beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "dooragent");

    /// <summary>The wire of the badge reader.</summary>
    public SerialLine Line { get; } = new();

    /// <summary>The folder whose files are recorded.</summary>
    public string Work => Path.Combine(_folder, "work");

    /// <summary>The state in which each try begins.</summary>
    public string Start => Path.Combine(_folder, "start");

    public string Data => Path.Combine(Work, "data");

    public string Chips => Path.Combine(_folder, "dev");

    public string Temporary => Path.Combine(_folder, "tmp");

    public string Configuration => Path.Combine(_folder, "dooragent.json");

    /// <summary>A file outside of the recorded folder.</summary>
    public string Beside(string name) => Path.Combine(_folder, name);

    /// <summary>The full path of a shipped picture or folder of pictures.</summary>
    public static string Picture(string relative) => Path.Combine(AppContext.BaseDirectory, "builtin", "people", relative);

    /// <summary>Adds the options that name this door.</summary>
    public string[] With(IEnumerable<string> arguments) => [.. arguments, "--data", Data, "--config", Configuration];

    /// <summary>Runs a command to its end.</summary>
    public (int ExitCode, string Said) Run(params string[] arguments)
    {
        using DoorProgram program = new(With(arguments), this, KillPoint.Never, Beside("unused.log"));
        int code = program.WaitForEnd();
        return (code, program.Said);
    }

    /// <summary>Runs a command that must succeed.</summary>
    public void Must(params string[] arguments)
    {
        if (Run(arguments) is { ExitCode: not 0 } failed)
            throw new InvalidOperationException($"dooragent {string.Join(' ', arguments)}: {failed.Said}");
    }

    /// <summary>Makes the present state the one in which each try begins.</summary>
    public void Keep() => Copy(Work, Start);

    public void Restore() => Copy(Start, Work);

    /// <summary>Replaces a folder by a copy of another, without sockets and shared memory.</summary>
    public static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);
        Directory.CreateDirectory(to, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (string folder in Directory.GetDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (string file in Directory.GetFiles(from))
        {
            if (!file.EndsWith("-shm", StringComparison.Ordinal) && !file.EndsWith(".sock", StringComparison.Ordinal))
                File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    public void Dispose()
    {
        Line.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
