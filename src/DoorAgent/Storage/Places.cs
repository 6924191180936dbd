namespace DoorAgent.Storage;

/// <summary>Where things are on this machine.</summary>
/// <param name="Data">The data directory, absolute.</param>
/// <param name="ModelDirectories">Where networks are looked for, in order; the built-in ones last.</param>
internal sealed record Places(string Data, IReadOnlyList<string> ModelDirectories)
{
    public string GalleryFile => Path.Combine(Data, "gallery.db");

    public string JournalFile => Path.Combine(Data, "journal.db");

    /// <summary>Where the log's files go: the directory that systemd gives (systemd.exec(5), LogsDirectory), else one in the data directory.</summary>
    public string Logs { get; init; } = Path.Combine(Data, "logs");

    /// <summary>Where a running door listens to its operator.</summary>
    public string OperatorSocket => Path.Combine(Data, "operator.sock");

    /// <summary>Our own people and networks, beside the binary.</summary>
    public static string BuiltIn => Path.Combine(AppContext.BaseDirectory, "builtin");

    public static string BuiltInModels => Path.Combine(BuiltIn, "models");

    public static string BuiltInPeople => Path.Combine(BuiltIn, "people");

    /// <summary>The places given, with the defaults for what is null.</summary>
    public static Places Resolve(string? data, string? models)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        data ??= Directory.Exists(SystemData) ? SystemData : Path.Combine(home, "dooragent");
        string[] directories = [SystemModels, BuiltInModels];
        Places places = new(Path.GetFullPath(data), models is null ? directories : [Path.GetFullPath(models), .. directories]);
        return Environment.GetEnvironmentVariable("LOGS_DIRECTORY") is { Length: > 0 } logs ? places with { Logs = logs } : places;
    }

    private const string SystemData = "/var/lib/dooragent";

    private const string SystemModels = SystemData + "/models";
}
