using DoorAgent.Office;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Office;

public sealed class OfficeKeysTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("office.key");

    [Fact]
    public void TheKeysAreReadAsTheyWereMadeAndAreForTheOwnerAlone()
    {
        using OfficeKeys made = OfficeKeys.Make(Path), read = OfficeKeys.Read(Path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.Equal((made.Connection, made.ConnectionSeed, made.Signing.Public.Fingerprint), (read.Connection, read.ConnectionSeed, read.Signing.Public.Fingerprint));
        Assert.Equal(made.DigestOf("x"u8), read.DigestOf("x"u8));
        Assert.Equal(made.Authority.ExportSubjectPublicKeyInfo(), read.Authority.ExportSubjectPublicKeyInfo());
        Assert.Equal([1, 2], read.Open("lab", 3, made.Close("lab", 3, [1, 2])));
        Assert.DoesNotContain(made.ConnectionSeed, made.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AKeyOfAGroupOpensOnlyInItsOwnPlaceAndOffice()
    {
        using OfficeKeys keys = OfficeKeys.Make(Path), other = OfficeKeys.Make(_folder.File("other"));
        byte[] stored = keys.Close("lab", 1, [7]);

        Assert.Throws<UserErrorException>(() => keys.Open("lab", 2, stored));
        Assert.Throws<UserErrorException>(() => keys.Open("depot", 1, stored));
        Assert.Throws<UserErrorException>(() => other.Open("lab", 1, stored));
    }

    [Fact]
    public void AFileThatOthersMayReadIsRefused()
    {
        OfficeKeys.Make(Path).Dispose();
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Contains("chmod 600", Assert.Throws<UserErrorException>(() => OfficeKeys.Read(Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheKeysOfAnOfficeAreNeverOverwritten()
    {
        OfficeKeys.Make(Path).Dispose();
        string before = File.ReadAllText(Path);

        Assert.Throws<UserErrorException>(() => OfficeKeys.Make(Path));

        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Fact]
    public void ADamagedFileIsRefusedWithoutAWordOfItsContent()
    {
        OfficeKeys.Make(Path).Dispose();
        string good = File.ReadAllText(Path);
        string[] lines = good.Split('\n');
        foreach (string wrong in (string[])["", good[..^30], good.Replace("sign ", "sing ", StringComparison.Ordinal), good.Replace("connect SU", "connect SA", StringComparison.Ordinal),
            .. Enumerable.Range(1, 4).Select(i => string.Join('\n', lines[..i].Append(lines[i][..^8]).Concat(lines[(i + 1)..])))])
        {
            File.WriteAllText(Path, wrong);
            string message = Assert.Throws<UserErrorException>(() => OfficeKeys.Read(Path)).Message;
            Assert.Contains("damaged", message, StringComparison.Ordinal);
            Assert.All(lines.Where(line => line.Length > 20), line => Assert.DoesNotContain(line.Split(' ')[^1][..12], message, StringComparison.Ordinal));
        }
    }

    public void Dispose() => _folder.Dispose();
}
