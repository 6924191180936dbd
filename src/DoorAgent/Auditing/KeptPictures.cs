using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DoorAgent.Sealing;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Auditing;

/// <summary>
/// The folder with the pictures of attempts: for each attempt an account and a few JPEG files, named by the number of the decision's record
/// in the journal. Only their owner may read them, and where the door has a key they are sealed (<see cref="SealedFolder"/>).
/// </summary>
/// <param name="folder">Path of the folder, which exists once there is something in it.</param>
/// <param name="keys">The keys that this process may use; null for none.</param>
internal sealed partial class KeptPictures(string folder, KeyRing? keys = null)
{
    private const long Megabyte = 1_000_000;

    // Of a picture or an account, with room for the seal.
    private const int LargestFile = 64 << 20;

    // The journal is on the same disk, and without room for a record the door opens for nobody (Auditing:OnFailure).
    private const long LeastFree = 100 * Megabyte;

    // A file from the future was written by a clock that was ahead.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    private readonly SealedFolder _files = new(folder, keys ?? new KeyRing([], null), "kept picture", LargestFile);

    /// <summary>Returns the pictures of a door, with the keys that this process may use.</summary>
    /// <exception cref="UserErrorException">A key file does not contain a key.</exception>
    public static KeptPictures Of(Places places) => new(places.Pictures, KeyPlaces.Find(places.Data));

    /// <summary>Writes an attempt.</summary>
    /// <param name="account">What the door saw.</param>
    /// <param name="pictures">The pictures as JPEG, with the times of their captures, oldest first.</param>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    /// <exception cref="UserErrorException">The folder cannot be created.</exception>
    public void Write(AttemptAccount account, IReadOnlyList<(TimeSpan CapturedAt, byte[] Jpeg)> pictures)
    {
        DataDirectory.Ensure(folder);
        if (DiskFull.FreeSpace(Path.Combine(folder, AccountName(account.Sequence))) < LeastFree)
            throw new IOException($"the disk has less than {LeastFree / Megabyte} MB of free space, which the journal needs");
        try
        {
            WriteFiles(account, pictures);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or UserErrorException)
        {
            // Pictures without an account help nobody.
            Delete(Name(account.Sequence));
            throw;
        }
    }

    private void WriteFiles(AttemptAccount account, IReadOnlyList<(TimeSpan CapturedAt, byte[] Jpeg)> pictures)
    {
        foreach ((int index, (TimeSpan at, byte[] jpeg)) in pictures.Index())
            _files.Write($"{Name(account.Sequence)}-{index + 1}-{at.Ticks.ToString(CultureInfo.InvariantCulture)}.jpg", jpeg);
        _files.Write(AccountName(account.Sequence), account.ToJson());
    }

    /// <summary>Reads the account of an attempt; null where none is kept.</summary>
    /// <exception cref="UserErrorException">The account cannot be read; the message says what to do.</exception>
    public AttemptAccount? AccountOf(long sequence) =>
        Guarded(() => _files.Named(AccountName(sequence)).Select(Account).FirstOrDefault());

    /// <summary>Returns the files of an attempt's pictures with the times of their captures, oldest first.</summary>
    /// <exception cref="UserErrorException">The folder cannot be read.</exception>
    public IReadOnlyList<(TimeSpan CapturedAt, string File)> PicturesOf(long sequence) => Guarded(() => _files
        .Named($"{Name(sequence)}-*.jpg")
        .Select(file => (Match: PictureName().Match(SealedFolder.NameOf(file)), File: file)).Where(one => one.Match.Success)
        .Select(one => (TimeSpan.FromTicks(long.Parse(one.Match.Groups["at"].ValueSpan, CultureInfo.InvariantCulture)), one.File))
        .ToList());

    /// <summary>Reads a picture as JPEG.</summary>
    /// <param name="file">A file of <see cref="PicturesOf"/>.</param>
    /// <exception cref="UserErrorException">The picture is sealed, and its key is not here; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">The seal is broken.</exception>
    /// <exception cref="IOException">The file is gone or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public byte[] Read(string file) => _files.Read(file);

    /// <summary>The accounts of all attempts, oldest first; an account that nobody can read here is left out.</summary>
    /// <exception cref="UserErrorException">The folder cannot be read, or an account is sealed and there is no key.</exception>
    public IEnumerable<AttemptAccount> Accounts =>
        Guarded(() => _files.Named("*.json").Select(TryRead).OfType<AttemptAccount>().ToList());

    /// <summary>Number of files that <see cref="Seal"/> looks at.</summary>
    /// <exception cref="UserErrorException">The folder cannot be read.</exception>
    public int FileCount => Guarded(() => Ours().Length);

    /// <summary>Seals with a key all accounts and pictures that are open or sealed with another key; a repetition after an interruption
    /// goes on.</summary>
    /// <param name="key">The key, which may also be a coming one.</param>
    /// <param name="progress">Receives the number of files that are done.</param>
    /// <returns>Number of files that could not be opened and stay as they are.</returns>
    /// <exception cref="UserErrorException">A file cannot be written.</exception>
    public int Seal(DoorKey key, IProgress<int>? progress = null) => Guarded(() => _files.SealAll(key, Ours(), progress));

    /// <summary>Seals what was kept before this door had its key, and what an interrupted rotation has left; does nothing without a
    /// key.</summary>
    /// <exception cref="UserErrorException">A file cannot be written.</exception>
    public void SealOpenOnes()
    {
        if (keys?.Newest is { } key)
            Seal(key);
    }

    /// <summary>Deletes every attempt of a person, and every attempt in which a face was nearest to that person.</summary>
    /// <param name="person">The person's row in the gallery.</param>
    /// <returns>Number of deleted attempts.</returns>
    /// <exception cref="UserErrorException">A file cannot be deleted.</exception>
    public int DeleteOf(long person)
    {
        AttemptAccount[] theirs = [.. Accounts.Where(account => account.People.Contains(person))];
        return Guarded(() =>
        {
            foreach (AttemptAccount account in theirs)
                Delete(Name(account.Sequence));
            return theirs.Length;
        });
    }

    /// <summary>Attempts with pictures and without a readable account: the power was cut while they were written, and nobody can say whom
    /// they show.</summary>
    /// <param name="before">Only attempts written before this time, because a running door writes the pictures first.</param>
    /// <exception cref="UserErrorException">The folder cannot be read.</exception>
    public IReadOnlyList<string> WithoutAccount(DateTimeOffset before) => Guarded(() => Files("*")
        .Where(file => NameOfAttempt().IsMatch(Path.GetFileName(file)))
        .GroupBy(file => NameOfAttempt().Match(Path.GetFileName(file)).Value)
        .Where(attempt => attempt.All(file => File.GetLastWriteTimeUtc(file) < before)
            && _files.Named(attempt.Key + ".json").Select(TryRead).FirstOrDefault() is null)
        .SelectMany(attempt => attempt).ToList());

    /// <summary>Deletes attempts that are older than a time, and the oldest ones while the folder is larger than its limit.</summary>
    /// <param name="keepFor">How long an attempt is kept.</param>
    /// <param name="megabytes">The largest size of the folder, in megabytes.</param>
    /// <param name="now">The wall time. A clock that is not set deletes nothing by age.</param>
    /// <exception cref="UserErrorException">A file cannot be deleted.</exception>
    public void DeleteExpired(TimeSpan keepFor, int megabytes, DateTimeOffset now) => Guarded(() =>
    {
        // The names have the order of the records.
        FileInfo[] files =
            [.. Files("*").Where(file => NameOfAttempt().IsMatch(Path.GetFileName(file))).Select(file => new FileInfo(file))];
        long size = files.Sum(file => file.Length);
        foreach (IGrouping<string, FileInfo> attempt in files.GroupBy(file => NameOfAttempt().Match(file.Name).Value).ToList())
        {
            DateTimeOffset written = attempt.Max(file => file.LastWriteTimeUtc);
            bool isOld = now - written > keepFor || (now >= BuildInfo.Date && written - now > ClockTolerance);
            if (!isOld && size <= megabytes * Megabyte)
                continue;
            size -= attempt.Sum(file => file.Length);
            Delete(attempt.Key);
        }

        return 0;
    });

    private static string AccountName(long sequence) => $"{Name(sequence)}.json";

    // As many digits as the largest number of a record, so that names have the order of the records.
    private static string Name(long sequence) => sequence.ToString("D16", CultureInfo.InvariantCulture);

    private void Delete(string attempt)
    {
        foreach (string file in Files($"{attempt}*"))
            File.Delete(file);
    }

    private string[] Ours() => [.. _files.Named("*").Where(file => OurName().IsMatch(SealedFolder.NameOf(file)))];

    private IEnumerable<string> Files(string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal) : [];

    private AttemptAccount? TryRead(string file)
    {
        try
        {
            return _files.IsOfAnotherKey(file) ? null : Account(file);
        }
        catch (Exception failure) when (failure is JsonException or IOException or InvalidDataException)
        {
            // The power was cut while this account was written, or the attempt was deleted meanwhile.
            return null;
        }
    }

    private AttemptAccount Account(string file) => AttemptAccount.Read(_files.Read(file));

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException
            or InvalidDataException)
        {
            throw new UserErrorException($"The pictures of attempts in {folder} cannot be used: {failure.Message}", failure);
        }
    }

    [GeneratedRegex(@"\A[0-9]{16}(?=[.-])")]
    private static partial Regex NameOfAttempt();

    [GeneratedRegex(@"\A[0-9]{16}(\.json|-[0-9]+-[0-9]{1,18}\.jpg)\z")]
    private static partial Regex OurName();

    [GeneratedRegex(@"\A[0-9]{16}-[0-9]+-(?<at>[0-9]{1,18})\.jpg\z")]
    private static partial Regex PictureName();
}
