using DoorAgent.Auditing;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.Settings;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Serilog.Extensions.Logging;

namespace DoorAgent.Tests.Auditing;

public sealed class LogSetupTests : IDisposable
{
    private static readonly Badge Secret = Badge.Parse("H10301:123:4567");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BadgesAndEncodingsNeverLeak()
    {
        float[] vector = [.. Enumerable.Range(1, 128).Select(i => i * 0.01234f)];
        FaceEncoding encoding = FaceEncoding.Normalised(vector);
        string log = Logged(logger =>
        {
            logger.Information("{Badge} {@Taken} {Encoding} {@Apart}", Secret, Secret, encoding, encoding);
            logger.Information("{@Nested} {Row} {@List}", new { Badge = Secret, Encoding = encoding, Deep = new { Raw = vector } }, vector,
                new List<object> { Secret });
            logger.Information("{Text} {@Map}", $"number {Secret.Number} was read",
                new Dictionary<string, object> { ["UID:62B43423"] = "UID:62B43423" });
            using SerilogLoggerFactory factory = new(logger);
#pragma warning disable CA2254, CA1873 // The test logs as careless code would.
            factory.CreateLogger("careless").LogInformation("{Badge} {@Badge2} {Number}", Secret, Secret, Secret.Number);
            factory.CreateLogger("careless").LogInformation($"read {Secret} {encoding}");
#pragma warning restore CA2254, CA1873
        });
        // A line's time may hold any digits.
        log = System.Text.RegularExpressions.Regex.Replace(log, "\"@t\":\"[^\"]*\"", "");
        Assert.Contains("H10301 ...67", log, StringComparison.Ordinal);
        Assert.DoesNotContain("4567", log, StringComparison.Ordinal);
        Assert.DoesNotContain("62B43423", log, StringComparison.Ordinal);
        Assert.DoesNotContain(encoding.Vector[64].ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture), log,
            StringComparison.Ordinal);
        Assert.DoesNotContain("0.01234", log, StringComparison.Ordinal);
        Assert.DoesNotContain("1.57952", log, StringComparison.Ordinal);
    }

    [Fact]
    public void TypedDigitsNeverLeak()
    {
        KeypadEntry entry = "90210876".Aggregate(KeypadEntry.Empty, (typed, key) => typed.Press(KeypadKey.Of(key), TimeSpan.Zero));
        PinQuestion question = new(1, new PersonPin(new byte[16], 10_000, new byte[32], null), entry.Digits);
        AccessStep step = new(AccessState.Initial with { Entry = entry }, []) { Question = question };
        string log = Logged(logger => logger.Information("{A} {@B} {C} {@D} {@E} {F} {@G}",
            entry, entry, question, question, new { Entry = entry, Key = KeypadKey.Of('9') }, step, new List<object> { question }));
        Assert.Contains("8 digits", log, StringComparison.Ordinal);
        Assert.DoesNotContain("90210876", log, StringComparison.Ordinal);
    }

    [Fact]
    public void DoorEventsGoToTheFileAsOneLineEach()
    {
        string log = Logged(logger => new DoorLog(logger).Write(SomeEvents.Granted()));
        Assert.Contains("\"EventId\":201", log, StringComparison.Ordinal);
        Assert.Contains("\"Distance\":0.412", log, StringComparison.Ordinal);
        Assert.Single(log.TrimEnd().Split('\n'));
    }

    [Fact]
    public void InSimulationLinesCarryTheSimulatedTime()
    {
        FakeTimeProvider time = new(SomeEvents.Morning);
        time.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Contains("2026-03-02T06:55:00", Logged(logger => logger.Information("a line"), time), StringComparison.Ordinal);
    }

    [Fact]
    public void OnlyTheOwnerCanReadTheLogFiles()
    {
        Logged(logger => logger.Information("a line"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("logs/dooragent.jsonl")));
    }

    [Fact]
    public void TheDirectoryFromSystemdIsUsed()
    {
        Places places = new(_folder.Path, []) { Logs = _folder.File("given") };
        LoadedSettings none = SettingsFile.FromAssignments("test", []);
        using (Serilog.Core.Logger logger = Create(none, places, TimeProvider.System))
            logger.Information("a line");
        Assert.True(File.Exists(_folder.File("given/dooragent.jsonl")));
        Assert.False(Directory.Exists(_folder.File("logs")));
    }

    [Theory]
    [InlineData("Warning", false)]
    [InlineData("Debug", true)]
    public void TheLevelComesFromTheConfiguration(string level, bool isWritten) => Assert.Equal(isWritten,
        Logged(logger => logger.Information("a line"), null, ("Serilog:MinimumLevel:Default", level)).Length > 0);

    [Theory]
    [InlineData("WriteTo")]
    [InlineData("AuditTo")]
    public void ConfiguredSinksAreAddedAndRedacted(string list)
    {
        string elsewhere = _folder.File("elsewhere.log");
        Assert.Contains("H10301 ...67", Logged(logger => logger.Information("{@Badge}", Secret), null,
            ($"Serilog:{list}:0:Name", "File"), ($"Serilog:{list}:0:Args:path", elsewhere)), StringComparison.Ordinal);
        Assert.Contains("H10301 ...67", File.ReadAllText(elsewhere), StringComparison.Ordinal);
    }

    [Fact]
    public void TheLogFilesAreTurnedOffByName()
    {
        string elsewhere = _folder.File("elsewhere.log");
        Assert.Equal("", Logged(logger => logger.Information("a line"), null, ("Auditing:LogToFiles", "False"),
            ("Serilog:WriteTo:0:Name", "File"), ("Serilog:WriteTo:0:Args:path", elsewhere)));
        Assert.Contains("a line", File.ReadAllText(elsewhere), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("logs")));
    }

    [Fact]
    public void EnrichedAndDestructuredPropertiesAreRedacted()
    {
        string log = Logged(logger => logger.Information("{@Badge}", Secret), null,
            ("Serilog:Properties:Door", $"door of {Secret.Number}"), ("Serilog:Enrich:0", "FromLogContext"),
                ("Serilog:Destructure:0:Name", "AsScalar"),
            ("Serilog:Destructure:0:Args:scalarType", typeof(Badge).AssemblyQualifiedName!));
        Assert.Contains("door of", log, StringComparison.Ordinal);
        Assert.DoesNotContain("4567", log, StringComparison.Ordinal);
        Assert.Contains("H10301 ...67", log, StringComparison.Ordinal);
    }

    [Fact]
    public void ASwitchSetsTheLevelOfASink()
    {
        string elsewhere = _folder.File("elsewhere.log");
        Assert.Contains("a line", Logged(logger => logger.Information("a line"), null, ("Serilog:LevelSwitches:$far", "Error"),
            ("Serilog:WriteTo:0:Name", "File"), ("Serilog:WriteTo:0:Args:path", elsewhere), ("Serilog:WriteTo:0:Args:levelSwitch", "$far")),
                StringComparison.Ordinal);
        Assert.DoesNotContain("a line", File.ReadAllText(elsewhere), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MinimumLevel=Warning", "MinimumLevel:Default=Debug", true)]
    [InlineData("MinimumLevel:Default=Warning", "MinimumLevel=Debug", true)]
    [InlineData("MinimumLevel=Debug", "MinimumLevel:Default=Warning", false)]
    public void TheLaterLayerSetsTheLevelInWhateverForm(string earlier, string later, bool isWritten)
    {
        Places places = new(_folder.Path, []);
        LoadedSettings settings = SettingsFile.FromAssignments([("file", [$"Serilog:{earlier}"]), ("command line", [$"Serilog:{later}"])]);
        using (Serilog.Core.Logger logger = Create(settings, places, TimeProvider.System))
            logger.Debug("a line");
        Assert.Equal(isWritten, File.Exists(_folder.File("logs/dooragent.jsonl")));
    }

    [Fact]
    public void AnAuditFileThatCannotBeOpenedIsReported() =>
        Assert.Contains("Section Serilog cannot be used: ", Assert.Throws<UserErrorException>(() =>
        Logged(_ => { }, null, ("Serilog:AuditTo:0:Name", "File"), ("Serilog:AuditTo:0:Args:path", _folder.Path))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void TheLogFileHasOnlyOneWriter()
    {
        string log = Logged(logger => logger.Information("a line"), null,
            ("Serilog:WriteTo:0:Name", "File"), ("Serilog:WriteTo:0:Args:path", _folder.File("logs/../logs/dooragent.jsonl")));
        Assert.Contains("[INF] a line", log, StringComparison.Ordinal);
        Assert.DoesNotContain("@t", log, StringComparison.Ordinal);
    }

    private string Logged(Action<Serilog.ILogger> log, TimeProvider? simulated = null, params (string Key, string Value)[] settings)
    {
        LoadedSettings given = new(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value))).Build());
        Places places = new(_folder.Path, []);
        using (Serilog.Core.Logger logger = Create(given, places, simulated ?? TimeProvider.System, simulated is not null))
            log(logger);
        string file = _folder.File("logs/dooragent.jsonl");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    private static Serilog.Core.Logger Create(LoadedSettings settings, Places places, TimeProvider time, bool simulated = false) =>
        LogSetup.Create(settings.Section<AuditingOptions>(), settings.Serilog, places, time, simulated);
}
