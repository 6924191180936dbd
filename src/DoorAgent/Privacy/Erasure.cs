using DoorAgent.Auditing;
using DoorAgent.Galleries;
using DoorAgent.Sealing;
using DoorAgent.Storage;

namespace DoorAgent.Privacy;

/// <summary>A part of an erasure.</summary>
/// <param name="What">What is erased, in words.</param>
/// <param name="Where">The file.</param>
/// <param name="RunAsync">Erases it; done a second time it does nothing.</param>
internal sealed record ErasureStep(string What, string Where, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>Whether the part is erased whoever is meant, and so is no trace of this person.</summary>
    public bool IsForEverybody { get; init; }
}

/// <summary>A place that the erasure does not reach.</summary>
/// <param name="Where">The file, or the place in words.</param>
/// <param name="Next">What to do there.</param>
internal sealed record UnreachedPlace(string Where, string Next);

/// <summary>
/// Erases a person at this door: gallery, copies, pictures and log files first, the journal's names last. Until then the journal knows
/// every name of the person, so that the same command, after an interruption, finds what is left.
/// </summary>
/// <param name="places">The door's files.</param>
/// <param name="person">The person.</param>
/// <param name="elsewhere">Files outside the data directory to search too: the configuration, and what its own log sinks write.</param>
/// <param name="time">The clock.</param>
internal sealed class Erasure(Places places, KnownPerson person, IEnumerable<string> elsewhere, TimeProvider time)
{
    // A running door writes the pictures of an attempt, and then the account, within less.
    private static readonly TimeSpan Unfinished = TimeSpan.FromMinutes(1);

    private readonly DataFiles _files = new(places);
    private readonly KeyRing _keys = KeyPlaces.Find(places.Data);
    private readonly NameSearch _search = new(person.Names);
    private readonly JournalErasure _journal = new(places, time);

    private LogErasure LogErasure => new(person.Names, OtherNames());

    /// <summary>Returns what is to be erased, in the order in which that happens.</summary>
    /// <exception cref="UserErrorException">A file cannot be read.</exception>
    public IReadOnlyList<ErasureStep> Plan() => Reading(() => (IReadOnlyList<ErasureStep>)
    [
        .. OfGallery(), .. OfGalleryCopies(), .. OfPictures(), .. OfLogs(), .. OfJournalCopies(), .. OfJournal(),
    ]);

    /// <summary>Carries the plan out, and looks at the log files once more: a running door may have held lines back.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="done">Receives each part that is done.</param>
    /// <param name="stopping">Cancels between two parts.</param>
    /// <exception cref="UserErrorException">A part failed; the parts before it are done.</exception>
    public async Task RunAsync(IEnumerable<ErasureStep> plan, Action<ErasureStep> done, CancellationToken stopping)
    {
        foreach (ErasureStep step in plan)
        {
            stopping.ThrowIfCancellationRequested();
            await step.RunAsync(stopping);
            done(step);
        }

        foreach (ErasureStep step in Reading(OfLogs))
            await step.RunAsync(stopping);
    }

    /// <summary>Returns the places that the erasure does not reach: files in which a name is, and places that this program cannot
    /// see.</summary>
    /// <exception cref="UserErrorException">A file cannot be read.</exception>
    public IReadOnlyList<UnreachedPlace> Unreached() => Reading(() => (IReadOnlyList<UnreachedPlace>)
    [
        .. _files.Others([.. _files.Logs, .. UsableGalleries, .. UsableJournals]).Concat(elsewhere.Where(File.Exists))
            .Where(Contains).Select(file => new UnreachedPlace(file, "contains the name: look at the file, and delete or change it")),
        .. JournalNames.InDetails(places.JournalFile, _search.IsIn) is > 0 and var records
            ? [new UnreachedPlace(places.JournalFile, "records are not changed, and the detail of some contains the word, such as the name "
                + $"of a folder or a schedule: {records}")] : Array.Empty<UnreachedPlace>(),
        .. Directory.Exists("/run/systemd/system")
            ? [new UnreachedPlace("the system's journal", "'journalctl -u dooragent' shows the log's lines with names until the system "
                + "deletes them; 'journalctl --rotate' and then 'journalctl --vacuum-time=1s' delete all of its lines")]
            : Array.Empty<UnreachedPlace>(),
        new UnreachedPlace("archives, backups and other doors", "this program does not know where 'people export' and 'people export-data' "
            + "wrote archives and who copied them: delete them, and erase the person at each door that imported one"),
    ]);

    private IEnumerable<ErasureStep> OfGallery()
    {
        if (person.Enrolled is not { } enrolled)
            yield break;
        if (enrolled.Origin is not null)
        {
            throw new UserErrorException($"{enrolled.Name} belongs to the fleet: erase them at the office (dooragent fleet erase), and every door "
                + "of theirs erases them by itself.");
        }

        string pin = enrolled.HasPin ? ", PIN" : "", consent = enrolled.Consent is null ? "" : ", consent";
        yield return Step($"{enrolled.Name} (person {enrolled.Id}) with all encodings, kept faces, hours and dates, badges "
            + $"{enrolled.Badges.Count}{pin}{consent}", places.GalleryFile, () => RemoveFrom(places.GalleryFile));
    }

    private IEnumerable<ErasureStep> OfGalleryCopies()
    {
        foreach (string copy in UsableGalleries.Where(copy => ThoseIn(copy).Count > 0))
            yield return Step("the same person in a copy of a gallery", copy, () => RemoveFrom(copy));
        if (File.Exists(_files.SealedBackup))
        {
            yield return Step("the sealed backup of the gallery from before it was sealed: the person may be in it", _files.SealedBackup, () =>
                File.Delete(_files.SealedBackup))
                with { IsForEverybody = true };
        }
    }

    private IEnumerable<ErasureStep> OfPictures()
    {
        KeptPictures pictures = KeptPictures.Of(places);
        foreach (PersonNumber number in person.Numbers.Where(number => number.Only is null))
        {
            if (pictures.Accounts.Count(account => account.People.Contains(number.Id)) is > 0 and var attempts)
                yield return Step($"pictures of attempts {attempts} (Auditing:KeepPictures)", places.Pictures, () =>
                    pictures.DeleteOf(number.Id));
        }

        if (pictures.WithoutAccount(time.GetUtcNow() - Unfinished) is { Count: > 0 } torn)
        {
            yield return Step("pictures of attempts whose account is missing: they may show anybody", places.Pictures, () =>
                DeleteAll(torn))
                with { IsForEverybody = true };
        }

        if (File.Exists(_files.DoctorPicture))
            yield return Step("the doctor's picture: somebody may be in it", _files.DoctorPicture, () => File.Delete(_files.DoctorPicture))
                with { IsForEverybody = true };
        if (_files.EvaluationCaches is { Count: > 0 } caches)
            yield return Step("the cache of 'evaluate' and 'calibrate': encodings of anybody's pictures", _files.Evaluation, () =>
                DeleteAll(caches))
                with { IsForEverybody = true };
    }

    private static void DeleteAll(IEnumerable<string> files)
    {
        foreach (string file in files)
            File.Delete(file);
    }

    private List<ErasureStep> OfLogs()
    {
        LogErasure erasure = LogErasure;
        return [.. _files.Logs.Select(file => (File: file, Lines: erasure.Run(file, isDry: true))).Where(log => log.Lines > 0)
            .Select(log => Step($"the name in lines of the log: {log.Lines}", log.File, () => erasure.Run(log.File)))];
    }

    private IEnumerable<ErasureStep> OfJournalCopies() =>
        from copy in UsableJournals
        let names = JournalNames.OfFile(copy)
        from name in person.Names
        from id in names.Called(JournalFilter.NameKey(name)!)
        select Step($"the name of person {id} in a copy of a journal", copy, () => JournalErasure.Erase(copy, id, name));

    private IEnumerable<ErasureStep> OfJournal() => !Permission.Exists(places.JournalFile) ? []
        : person.Numbers.Where(number => number.Names.Count > 0 || number.Id == person.Enrolled?.Id).Select(number => new ErasureStep(
            $"the name of person {number.Id}; the records keep the number", places.JournalFile,
                stopping => _journal.RunAsync(number, stopping)));

    private static ErasureStep Step(string what, string where, Action run) => new(what, where, _ =>
    {
        Reading(() =>
        {
            run();
            return 0;
        });
        return Task.CompletedTask;
    });

    private void RemoveFrom(string path)
    {
        using GalleryFile gallery = GalleryFile.OpenToChange(path, time, _keys);
        foreach (string name in ThoseIn(path))
            GalleryOrigin.RemoveFromCopy(gallery, name);
    }

    // By name: a copy may be older than the person's number, or of another door.
    private List<string> ThoseIn(string path)
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(path);
        HashSet<string> keys = [.. person.Names.Select(PersonName.KeyOf)];
        return [.. (gallery?.People ?? []).Select(one => one.Name).Where(name => keys.Contains(PersonName.KeyOf(name)))];
    }

    // A copy that is damaged or newer, or that another key has sealed, is searched as any other file.
    private IEnumerable<string> UsableGalleries => _files.GalleryCopies.Where(copy => IsUsable(() =>
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(copy, _keys);
        gallery?.Query(connection => connection.Seal);
    }));

    private IEnumerable<string> UsableJournals => _files.JournalCopies.Where(copy => IsUsable(() => JournalNames.OfFile(copy)));

    private static bool IsUsable(Action open)
    {
        try
        {
            open();
            return true;
        }
        catch (UserErrorException)
        {
            return false;
        }
    }

    private IEnumerable<string> OtherNames()
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(places.GalleryFile);
        return [.. (gallery?.People ?? []).Select(one => one.Name).Concat(JournalNames.OfFile(places.JournalFile).All)
            .Except(person.Names)];
    }

    private bool Contains(string file)
    {
        try
        {
            return _search.IsInFile(file);
        }
        catch (InvalidDataException)
        {
            // A damaged archive is searched as it is nowhere, so that it is named.
            return true;
        }
    }

    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{failure.Message} Run the command again as the owner of the data (sudo); what is done stays "
                + $"done.",
                failure);
        }
    }
}
