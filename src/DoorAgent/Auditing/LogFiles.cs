using System.Text;
using DoorAgent.Storage;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Sinks.File;

namespace DoorAgent.Auditing;

/// <summary>
/// The log's files: compact JSON, ten of 10 MB. A file that was taken away or renamed, with its directory or without, is begun again before
/// the next line, and by <see cref="Look"/> where no line comes: nobody finds what is written to a file that was taken away.
/// </summary>
/// <param name="directory">Where they go.</param>
internal sealed class LogFiles(string directory) : ILogEventSink, IDisposable
{
    /// <summary>The file's name; those after the first have a number.</summary>
    public const string Name = "dooragent.jsonl";

    private const long FileSize = 10_000_000;
    private const int Files = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private Logger? _file;
    private OwnFile? _opened;
    private string? _fault;
    private bool _isDisposed;

    public void Emit(LogEvent logEvent)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            Follow();
            _file ??= Begin();
            _file.Write(logEvent);
            if (_opened!.Path is null)
                Fail("it could not be opened");
        }
    }

    /// <summary>Begins a file again that is not there any more. Nothing is looked at before the first line.</summary>
    /// <returns>Why no line can be written now; null when all is well.</returns>
    public string? Look()
    {
        // The log's queue says that a line hangs on the disk; this caller has other files to look at.
        if (!_gate.TryEnter(Patience))
            return Volatile.Read(ref _fault);
        try
        {
            if (!_isDisposed && (_file is not null || _fault is not null))
                Follow();
            return _fault;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Closes the file; one that hangs is left to the process's end.</summary>
    public void Dispose()
    {
        if (!_gate.TryEnter(Patience))
            return;
        try
        {
            _isDisposed = true;
            _file?.Dispose();
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Follow()
    {
        if (_fault is null && (_opened is null || _opened.IsThere))
            return;
        string? before = _opened?.Path;
        LeaveFile();
        _fault = null;
        _file = Begin();
        // The line makes the file, and shows whether it can be written.
        _file.Warning("The log goes on here: {Before} was removed, renamed or could not be written", before ?? "the file before");
        if (_opened!.Path is null)
            Fail("it could not be opened");
    }

    private void LeaveFile()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // What still waited for a full disk is lost with a file that is gone anyway.
        }
    }

    private Logger Begin()
    {
        _opened = new OwnFile();
        try
        {
            DataDirectory.Ensure(directory);
        }
        catch (UserErrorException failure)
        {
            Fail(failure.Message);
        }

        return new LoggerConfiguration().MinimumLevel.Verbose()
            .WriteTo.File(new CompactJsonFormatter(), Path.Combine(directory, Name), fileSizeLimitBytes: FileSize,
                rollOnFileSizeLimit: true, retainedFileCountLimit: Files, hooks: _opened)
            .CreateLogger();
    }

    private void Fail(string why) => _fault ??= $"no line can be written to {directory}: {why}";

    /// <summary>The file that is written now, for its owner only.</summary>
    private sealed class OwnFile : FileLifecycleHooks
    {
        private FileFacts? _facts;

        public string? Path { get; private set; }

        public bool IsThere => Path is not null && Now() is { } now && _facts is { } then && now.IsSameFileAs(then);

        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            DataDirectory.Protect(path);
            (Path, _facts) = (path, Libc.Facts(path));
            return underlyingStream;
        }

        private FileFacts? Now()
        {
            try
            {
                return Libc.Facts(Path!);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
