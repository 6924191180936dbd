using System.Text;
using DoorAgent.Storage;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Sinks.File;

namespace DoorAgent.Auditing;

/// <summary>
/// Writes the log's files: compact JSON, ten files of 10 MB. A file that was removed or renamed, with or without its directory, is created
/// again before the next line, and by <see cref="Check"/> when no line comes: nobody finds lines in a removed file.
/// </summary>
/// <param name="directory">The directory of the files.</param>
internal sealed class LogFiles(string directory) : ILogEventSink, IDisposable
{
    /// <summary>The file's name; further files have a number.</summary>
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
            ReopenIfRemoved();
            _file ??= Begin();
            _file.Write(logEvent);
            if (_opened!.Path is null)
                Fail("it could not be opened");
        }
    }

    /// <summary>Creates a removed file again. Before the first line nothing is checked.</summary>
    /// <returns>Why no line can be written; null when lines can be written.</returns>
    public string? Check()
    {
        // The log's queue reports a line that hangs on the disk; this caller has other files to check.
        if (!_gate.TryEnter(Patience))
            return Volatile.Read(ref _fault);
        try
        {
            if (!_isDisposed && (_file is not null || _fault is not null))
                ReopenIfRemoved();
            return _fault;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Closes the file; a file that hangs stays open until the process ends.</summary>
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

    private void ReopenIfRemoved()
    {
        if (_fault is null && (_opened is null || _opened.IsThere))
            return;
        string? before = _opened?.Path;
        CloseQuietly();
        _fault = null;
        _file = Begin();
        // The line creates the file, and shows whether it can be written.
        _file.Warning("The log goes on here: {Before} was removed, renamed or could not be written", before ?? "the file before");
        if (_opened!.Path is null)
            Fail("it could not be opened");
    }

    private void CloseQuietly()
    {
        try
        {
            _file?.Dispose();
        }
        catch (IOException)
        {
            // Lines that waited for a full disk are lost together with the file.
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

    /// <summary>The current file, readable by its owner only.</summary>
    private sealed class OwnFile : FileLifecycleHooks
    {
        private FileStatus? _facts;

        public string? Path { get; private set; }

        public bool IsThere => Path is not null && Now() is { } now && _facts is { } then && now.IsSameFileAs(then);

        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            DataDirectory.Protect(path);
            (Path, _facts) = (path, Libc.Stat(path));
            return underlyingStream;
        }

        private FileStatus? Now()
        {
            try
            {
                return Libc.Stat(Path!);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
