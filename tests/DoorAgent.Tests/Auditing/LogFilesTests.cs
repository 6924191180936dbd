using DoorAgent.Auditing;
using DoorAgent.Tests.Support;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace DoorAgent.Tests.Auditing;

/// <summary>A removed log file is created again, so that no line is lost in a removed file.</summary>
public sealed class LogFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LogFiles _files;
    private readonly Logger _log;

    public LogFilesTests()
    {
        _files = new LogFiles(Directory);
        _log = new LoggerConfiguration().WriteTo.Sink(_files).CreateLogger();
        _log.Information("the first line");
    }

    private string Directory => _folder.File("logs");

    private string File => Path.Combine(Directory, "dooragent.jsonl");

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ALineAfterItsDirectoryWasRemovedIsInANewFile()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        _log.Information("the second line");
        string[] lines = System.IO.File.ReadAllLines(File);
        Assert.Contains("The log goes on here", lines[0], StringComparison.Ordinal);
        Assert.Contains("the second line", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void ARenamedFileKeepsItsLinesAndTheNextLineIsInANewFile()
    {
        System.IO.File.Move(File, File + ".1");
        _log.Information("the second line");
        _log.Information("the third line");
        Assert.Single(System.IO.File.ReadAllLines(File + ".1"));
        Assert.Equal(3, System.IO.File.ReadAllLines(File).Length);
    }

    [Fact]
    public void ACheckCreatesARemovedFileAgainWithoutALine()
    {
        System.IO.File.Delete(File);
        Assert.Null(_files.Check());
        Assert.True(System.IO.File.Exists(File));
        Assert.Null(_files.Check());
        Assert.Single(System.IO.File.ReadAllLines(File));
    }

    [Fact]
    public void AFileThatCannotBeCreatedIsReportedUntilItCan()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        System.IO.File.WriteAllText(Directory, "a file in the place of the directory");
        Assert.Contains(Directory, _files.Check(), StringComparison.Ordinal);
        _log.Information("a line for the console alone");
        Assert.NotNull(_files.Check());
        System.IO.File.Delete(Directory);
        Assert.Null(_files.Check());
        _log.Information("the last line");
        Assert.Equal(2, System.IO.File.ReadAllLines(File).Length);
    }

    [Fact]
    public async Task ALineThatHangsDelaysNeitherACheckNorTheEnd()
    {
        using HangingWord word = new();
        LogEvent line = new(DateTimeOffset.UnixEpoch, LogEventLevel.Information, null, MessageTemplate.Empty,
            [new LogEventProperty("Word", new ScalarValue(word))]);
        Task hangs = Task.Run(() => _files.Emit(line), TestContext.Current.CancellationToken);
        await word.IsAsked.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Null(_files.Check());
        _files.Dispose();
        word.GoOn();
        await hangs;
        Assert.Contains("said at last", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    /// <summary>Hangs while a line that contains it is written.</summary>
    private sealed class HangingWord : IDisposable
    {
        private readonly ManualResetEventSlim _goOn = new();

        public SemaphoreSlim IsAsked { get; } = new(0);

        public void GoOn() => _goOn.Set();

        public override string ToString()
        {
            IsAsked.Release();
            _goOn.Wait();
            return "said at last";
        }

        public void Dispose()
        {
            _goOn.Set();
            _goOn.Dispose();
            IsAsked.Dispose();
        }
    }
}
