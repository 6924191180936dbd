using DoorAgent.Events;
using DoorAgent.Matching;
using DoorAgent.Sealing;
using DoorAgent.Storage;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Auditing;

/// <summary>
/// Appends the records of all events to journal.db. The file only grows, and a record is on the disk when <see cref="Append"/> returns.
/// With a key of the door each record continues a chain (<see cref="JournalChain"/>). One caller at a time. After a failure the next append
/// opens the file again, so that a repaired disk is used again.
/// </summary>
internal sealed class Journal : IDisposable
{
    /// <summary>Why <see cref="EraseNames"/> has to be done again, for the operator.</summary>
    public const string StillRead = "Another program keeps reading the journal. The name is erased, and its bytes disappear from the file "
        + "when that program ends and the door starts again: end 'dooragent log --follow' and the like.";

    private readonly string _path;
    private readonly KeyRing _keys;
    private readonly TimeProvider _time;
    private SqliteConnection? _connection;
    private JournalChain? _chain;
    private SqliteCommand? _insert;
    private JournalNameWriter? _names;
    private DatabaseStatus _left;
    private int _format;
    private long _newest;

    private Journal(string path, KeyRing keys, TimeProvider time) => (_path, _keys, _time) = (path, keys, time);

    /// <summary>The number of the last record, 0 when there is none; the next number must be larger.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Why the journal keeps an older format, in which the names are in the records, and what to do; null when it has the
    /// newest.</summary>
    public string? Postponed { get; private set; }

    /// <summary>Why the file does not continue as the door wrote it, found when it was opened, for an alarm; null when it does.</summary>
    public string? Finding { get; private set; }

    /// <summary>Why new records carry no proof although earlier ones do, and what to do; null where they do, or none does.</summary>
    public string? Unproven { get; private set; }

    /// <summary>The newest record and its mac; null while no record has one.</summary>
    public JournalHead? Head { get; private set; }

    // A file of an older format in place of the door's own has no room for macs.
    private JournalChain? Chain => _format >= JournalChain.FirstFormat ? _chain : null;

    /// <summary>Opens the journal without a key, so that its new records are not chained.</summary>
    /// <exception cref="UserErrorException">As for the other one.</exception>
    public static Journal Open(string path) => Open(path, new KeyRing([], null), TimeProvider.System);

    /// <summary>Opens the journal, or creates it, and reads the last number and the end of the chain.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">The door's keys; without one, new records are not chained.</param>
    /// <param name="time">The clock, for the times of checkpoints.</param>
    /// <exception cref="UserErrorException">The file is damaged, not a journal, of a newer format or cannot be written; the message says
    /// what to do.</exception>
    public static Journal Open(string path, KeyRing keys, TimeProvider time)
    {
        Journal journal = new(path, keys, time);
        try
        {
            journal.Start();
            return journal;
        }
        catch (SqliteException e)
        {
            journal.Dispose();
            throw new UserErrorException(JournalFailure.Describe(path, e), e);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Writes a record and waits until it is on the disk.</summary>
    /// <exception cref="ArgumentException">The event's number is not above <see cref="LastSequence"/>.</exception>
    /// <exception cref="JournalException">The record was not written: the disk is full or read-only, or the file was removed or damaged. No
    /// part of the record is kept.</exception>
    public void Append(DoorEvent e)
    {
        if (e.Sequence <= LastSequence)
            throw new ArgumentException($"Event {e.Sequence} comes after {LastSequence}.", nameof(e));
        Write(_ =>
        {
            Insert(e);
            LastSequence = _newest = e.Sequence;
            if (Chain is not null)
                Head = new JournalHead(e.Sequence, Convert.ToHexStringLower(Chain.LastMac!));
            if (e.Kind == DoorEventKind.Stopping)
                Write(Chain?.Sign(CheckpointReason.Stop));
        });
    }

    /// <summary>Erases names of a person; the records keep the person's number.</summary>
    /// <param name="person">The number.</param>
    /// <param name="called">Only this name, in any case; null for every name of the number.</param>
    /// <returns>Whether no byte of the names is left in the journal's files; its write-ahead log keeps them while another program
    /// reads.</returns>
    /// <exception cref="JournalException">The names were not erased.</exception>
    public bool EraseNames(long person, string? called)
    {
        bool isClean = false;
        // The upgrade that was postponed is done now.
        if (Postponed is not null)
            Disconnect();
        Write(_ => isClean = (_names ?? throw new JournalException($"{Postponed}.")).Erase(person, called), mayUpgrade: true);
        return isClean;
    }

    /// <summary>Writes that the door uses a gallery from now on, and waits until that is on the disk.</summary>
    /// <exception cref="JournalException">It was not written.</exception>
    public void NoteGallery(GalleryHead gallery) =>
        Write(connection => UsedGalleries.Insert(connection, gallery, _time.GetUtcNow(), _keys.Newest));

    /// <summary>Removes the oldest block of records, with a signed statement, in one short transaction.</summary>
    /// <param name="upTo">The last number that may be removed.</param>
    /// <param name="archive">The file that the records were archived in; null where they were not archived.</param>
    /// <returns>What was removed; null where no whole block is left up to there, or the journal has no chain.</returns>
    /// <exception cref="JournalException">Nothing was removed.</exception>
    public RemovedSegment? RemoveBlock(long upTo, string? archive)
    {
        RemovedSegment? removed = null;
        Write(connection => removed = Chain is { } chain ? JournalRetention.Remove(connection, chain, upTo, archive) : null);
        return removed;
    }

    /// <summary>Removes the names that no record needs any more, after <see cref="RemoveBlock"/>.</summary>
    /// <exception cref="JournalException">Nothing was removed.</exception>
    public void RemoveUnusedNames() => Write(_ => _names?.RemoveUnused());

    /// <summary>Checks that the file is as the last append left it, and signs a checkpoint when one is due; does nothing while the journal
    /// cannot be written.</summary>
    /// <exception cref="JournalException">The file was removed or replaced, or overwritten by a file without the last record.</exception>
    public void RequireUnchanged()
    {
        if (_connection is null)
            return;
        Write(_ =>
        {
            if (Chain?.Due() is { } reason)
                Write(Chain.Sign(reason));
        });
    }

    public void Dispose()
    {
        Disconnect();
        _chain?.Dispose();
    }

    // Only the first connection reads the last number: later the own count goes on.
    private void Start()
    {
        Connect(check: true);
        _newest = JournalFile.LastSequence(_connection!, _path);
        LastSequence = JournalFile.LastNumber(_connection!, _path);
    }

    // Another program may have changed the file or only its rights; an open connection would go on with its cached pages.
    private void Recheck()
    {
        DatabaseStatus now = DatabaseStatus.Of(_path);
        if (now == _left)
            return;
        if (now.File is not { } file || _left.File?.IsSameFileAs(file) != true)
            throw new JournalException($"{_path} was removed or replaced while the door was running. "
                + "A new one is begun; find out who did that.");
        Disconnect();
        Connect(check: true);
        if (JournalFile.LastSequence(_connection!, _path) is var last && last != _newest)
            throw new JournalException($"{_path} was overwritten while the door was running: "
                + $"it ends at record {last}, and record {_newest} was written. The door goes on with this file. "
                + "Is a second dooragent running on this directory? Find out who did that.");
        if (Chain?.EndsAt(_connection!) == false)
            throw new JournalException($"{_path} was overwritten while the door was running: its record {last} is not the one that "
                + "the door wrote. The door goes on with this file, and 'dooragent log verify' shows what is missing. Find out who did that.");
    }

    private void Write(Action<SqliteConnection> write, bool mayUpgrade = false)
    {
        try
        {
            if (_connection is null)
                Connect(check: false, mayUpgrade);
            else
                Recheck();
            write(_connection!);
            _left = DatabaseStatus.Of(_path);
        }
        catch (Exception failure) when (IsFailure(failure))
        {
            Disconnect();
            throw failure as JournalException ?? new JournalException(JournalFailure.Describe(_path, failure), failure);
        }
    }

    private static bool IsFailure(Exception failure) =>
        failure is JournalException or SqliteException or IOException or UnauthorizedAccessException or UserErrorException;

    private void Connect(bool check, bool mayUpgrade = false)
    {
        // An upgrade that was postponed is not done while somebody waits at the door.
        _connection = JournalFile.OpenToAppend(_path, check, mayUpgrade || Postponed is null);
        _format = JournalSchema.Format(_connection);
        Postponed = JournalUpgrade.Postponed(_connection, _path);
        _insert = _connection.CreateCommand();
        OpenChain();
        string[] mac = _format >= JournalChain.FirstFormat ? ["mac"] : [];
        string[] columns = [.. EventRow.Columns(_format), .. mac], names = [.. columns.Select(column => $"${column}")];
        _insert.CommandText = $"INSERT INTO event ({string.Join(", ", columns)}) VALUES ({string.Join(", ", names)})";
        foreach (string name in names)
            _insert.Parameters.Add(new SqliteParameter(name, null));
        _insert.Prepare();
        _names = _format < JournalNames.FirstFormat ? null : new JournalNameWriter(_connection, Chain?.Macs);
        _left = DatabaseStatus.Of(_path);
    }

    private void OpenChain()
    {
        if (_format < JournalChain.FirstFormat)
            return;
        if (_chain is not null)
        {
            _chain.EnsureKey(_connection!);
        }
        else if (_keys.Newest is not null)
        {
            (_chain, Finding) = JournalChainStart.Open(_connection!, _keys, _time);
            LastSequence = Math.Max(LastSequence, _chain.LastSequence);
            Head = JournalHead.Of(_connection!);
        }
        else if (Sqlite.Number(_connection!, "SELECT count(*) FROM journal_key") > 0)
        {
            Unproven = $"the records of the journal carry no proof any more: {_keys.Absence ?? "the door's key is missing"}";
        }
    }

    private void Insert(DoorEvent e)
    {
        object?[] values = [.. EventRow.Write(e, _format)];
        byte[]? mac = Chain?.Next(values);
        foreach ((int i, object? value) in values.Append(mac).Take(_insert!.Parameters.Count).Index())
            _insert.Parameters[i].Value = value ?? DBNull.Value;
        IReadOnlyList<(long Person, string Name)> names = _names?.NewIn(e) ?? [];
        Checkpoint? block = Chain?.Due() is { } reason ? Chain.Sign(reason) : null;
        if (names.Count == 0 && block is null)
            _insert.ExecuteNonQuery();
        else
            Insert(e, names, block);
        _names?.Note(names);
        if (block is not null)
            Chain!.Note(block);
        Chain?.Note(e.Sequence);
    }

    private void Insert(DoorEvent e, IReadOnlyList<(long Person, string Name)> names, Checkpoint? block)
    {
        using SqliteTransaction all = _connection!.BeginTransaction(deferred: false);
        _insert!.Transaction = all;
        try
        {
            block?.Write(_connection);
            _insert.ExecuteNonQuery();
            foreach ((long person, string name) in names)
                _names!.Insert(person, name, e.Sequence);
            all.Commit();
        }
        finally
        {
            _insert.Transaction = null;
        }
    }

    private void Write(Checkpoint? block)
    {
        block?.Write(_connection!);
        if (block is not null)
            Chain!.Note(block);
    }

    private void Disconnect()
    {
        _insert?.Dispose();
        _connection?.Dispose();
        (_insert, _names, _connection) = (null, null, null);
    }
}
