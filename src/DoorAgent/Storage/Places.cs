namespace DoorAgent.Storage;

/// <summary>The paths of the door's files on this machine.</summary>
/// <param name="Data">Absolute path of the data directory.</param>
/// <param name="ModelDirectories">Directories that are searched for networks, in order; the built-in one is last.</param>
internal sealed record Places(string Data, IReadOnlyList<string> ModelDirectories)
{
    public string GalleryFile => Path.Combine(Data, "gallery.db");

    public string JournalFile => Path.Combine(Data, "journal.db");

    /// <summary>Directory of the pictures of attempts (Auditing:KeepPictures), beside the journal.</summary>
    public string Pictures => Path.Combine(Data, "pictures");

    /// <summary>Directory of the encodings that evaluate and calibrate keep.</summary>
    public string Evaluation => Path.Combine(Data, "evaluation");

    /// <summary>File in which the daemon says how far it has come, for the anchor.</summary>
    public string HeadFile => Path.Combine(Data, "head");

    /// <summary>File that keeps lockdowns and suspended hours over a restart.</summary>
    public string ModeFile => Path.Combine(Data, "mode.json");

    /// <summary>File that keeps the last contact to the fleet over a restart.</summary>
    public string FleetContactFile => Path.Combine(Data, "fleet-contact.json");

    /// <summary>Path of the anchor, a copy of the head that only root can write; null for a data directory that is not the
    /// system's.</summary>
    public string? AnchorFile { get; init; } = Data.TrimEnd('/') == SystemData ? SystemAnchor : null;

    /// <summary>Directory of the log files: systemd's (systemd.exec(5), LogsDirectory), otherwise one in the data directory.</summary>
    public string Logs { get; init; } = Path.Combine(Data, "logs");

    /// <summary>Path of the socket on which a running door accepts operator commands.</summary>
    public string OperatorSocket { get; init; } = Path.Combine(Data, "operator.sock");

    /// <summary>Path of the second socket, which the users of link and page can reach; null for a data directory that is not the
    /// system's.</summary>
    public string? SharedSocket { get; init; } = Path.TrimEndingDirectorySeparator(Data) == SystemData ? SystemSharedSocket : null;

    /// <summary>Returns the places for a program that runs as another user than the daemon and reaches only its shared socket.</summary>
    public Places ForOtherUser() => SharedSocket is null ? this : this with { OperatorSocket = SharedSocket };

    /// <summary>Path of the file of the door's key, which is outside of the data directory.</summary>
    public string KeyFile => Path.TrimEndingDirectorySeparator(Data) == SystemData ? SystemKeyFile
        : Path.TrimEndingDirectorySeparator(Data) + ".key";

    /// <summary>Directory of the shipped people and networks, beside the binary.</summary>
    public static string BuiltIn => Path.Combine(AppContext.BaseDirectory, "builtin");

    public static string BuiltInModels => Path.Combine(BuiltIn, "models");

    public static string BuiltInPeople => Path.Combine(BuiltIn, "people");

    /// <summary>Resolves the given directories; null selects the default.</summary>
    public static Places Resolve(string? data, string? models)
    {
        string userData = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify);
        data ??= Directory.Exists(SystemData) ? SystemData : Path.Combine(userData, "dooragent");
        string[] directories = [SystemModels, BuiltInModels];
        Places places = new(Path.GetFullPath(data), models is null ? directories : [Path.GetFullPath(models), .. directories]);
        return Environment.GetEnvironmentVariable("LOGS_DIRECTORY") is { Length: > 0 } logs ? places with { Logs = logs } : places;
    }

    private const string SystemData = "/var/lib/dooragent";

    private const string SystemAnchor = SystemData + "-anchor/anchor";

    // The directory is systemd's (RuntimeDirectory of dooragent.service).
    private const string SystemSharedSocket = "/run/dooragent/operator.sock";

    private const string SystemKeyFile = "/etc/dooragent/dooragent.key";

    private const string SystemModels = SystemData + "/models";
}
