using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Auditing;

/// <summary>
/// The folder with the pictures of attempts: for each attempt an account and a few JPEG files, named by the number of the decision's record
/// in the journal. Only their owner may read them.
/// </summary>
/// <param name="folder">Path of the folder, which exists once there is something in it.</param>
internal sealed partial class KeptPictures(string folder)
{
    private const long Megabyte = 1_000_000;

    // The journal is on the same disk, and without room for a record the door opens for nobody (Auditing:OnFailure).
    private const long LeastFree = 100 * Megabyte;

    // A file from the future was written by a clock that was ahead.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    /// <summary>Writes an attempt.</summary>
    /// <param name="account">What the door saw.</param>
    /// <param name="pictures">The pictures as JPEG, with the times of their captures, oldest first.</param>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    /// <exception cref="UserErrorException">The folder cannot be created.</exception>
    public void Write(AttemptAccount account, IReadOnlyList<(TimeSpan CapturedAt, byte[] Jpeg)> pictures)
    {
        DataDirectory.Ensure(folder);
        if (DiskFull.FreeSpace(AccountFile(account.Sequence)) < LeastFree)
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
            WriteFile($"{Name(account.Sequence)}-{index + 1}-{at.Ticks.ToString(CultureInfo.InvariantCulture)}.jpg", jpeg);
        WriteFile($"{Name(account.Sequence)}.json", account.ToJson());
    }

    /// <summary>Reads the account of an attempt; null where none is kept.</summary>
    /// <exception cref="UserErrorException">The account cannot be read.</exception>
    public AttemptAccount? AccountOf(long sequence) =>
        Guarded(() => File.Exists(AccountFile(sequence)) ? Read(AccountFile(sequence)) : null);

    /// <summary>Returns the files of an attempt's pictures with the times of their captures, oldest first.</summary>
    /// <exception cref="UserErrorException">The folder cannot be read.</exception>
    public IReadOnlyList<(TimeSpan CapturedAt, string File)> PicturesOf(long sequence) => Guarded(() => Files($"{Name(sequence)}-*.jpg")
        .Select(file => (Match: PictureName().Match(Path.GetFileName(file)), File: file)).Where(one => one.Match.Success)
        .Select(one => (TimeSpan.FromTicks(long.Parse(one.Match.Groups["at"].ValueSpan, CultureInfo.InvariantCulture)), one.File))
        .ToList());

    /// <summary>The accounts of all attempts, oldest first; an account that cannot be read is left out.</summary>
    /// <exception cref="UserErrorException">The folder cannot be read.</exception>
    public IEnumerable<AttemptAccount> Accounts => Guarded(() => Files("*.json").Select(TryRead).OfType<AttemptAccount>().ToList());

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
            && TryRead(Path.Combine(folder, attempt.Key + ".json")) is null)
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

    private string AccountFile(long sequence) => Path.Combine(folder, $"{Name(sequence)}.json");

    // As many digits as the largest number of a record, so that names have the order of the records.
    private static string Name(long sequence) => sequence.ToString("D16", CultureInfo.InvariantCulture);

    private void WriteFile(string name, byte[] bytes)
    {
        string path = Path.Combine(folder, name);
        File.Delete(path);
        DataDirectory.EnsureFile(path);
        File.WriteAllBytes(path, bytes);
    }

    private void Delete(string attempt)
    {
        foreach (string file in Files($"{attempt}*"))
            File.Delete(file);
    }

    private IEnumerable<string> Files(string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal) : [];

    private static AttemptAccount? TryRead(string file)
    {
        try
        {
            return Read(file);
        }
        catch (Exception failure) when (failure is JsonException or IOException)
        {
            // The power was cut while this account was written, or the attempt was deleted meanwhile.
            return null;
        }
    }

    private static AttemptAccount Read(string file) => AttemptAccount.Read(File.ReadAllBytes(file));

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new UserErrorException($"The pictures of attempts in {folder} cannot be used: {failure.Message}", failure);
        }
    }

    [GeneratedRegex(@"\A[0-9]{16}(?=[.-])")]
    private static partial Regex NameOfAttempt();

    [GeneratedRegex(@"\A[0-9]{16}-[0-9]+-(?<at>[0-9]{1,18})\.jpg\z")]
    private static partial Regex PictureName();
}
