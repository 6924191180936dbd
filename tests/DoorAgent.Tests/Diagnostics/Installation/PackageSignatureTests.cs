using System.Security.Cryptography;
using DoorAgent.Commands.Setup;
using DoorAgent.Diagnostics.Installation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics.Installation;

/// <summary>Tests the signature of the package's list; deploy/pack.sh signs with openssl.</summary>
public sealed class PackageSignatureTests : IDisposable
{
    private readonly TempFolder _keys = new();
    private readonly string _public;
    private readonly SmallPackage _package;

    public PackageSignatureTests()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _public = _keys.Write("public.pem", key.ExportSubjectPublicKeyInfoPem());
        _package = new SmallPackage(_keys.Write("private.pem", key.ExportECPrivateKeyPem()));
    }

    public void Dispose()
    {
        _package.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public void ASignedPackageIsGoodWithItsKeyAndUncheckedWithoutOne()
    {
        InstallationReport report = Examined(_public);
        Assert.Equal((true, SignatureState.Good), (report.IsGood, report.Signature));
        Assert.Empty(report.Flaws);
        Assert.Equal((true, SignatureState.NotChecked), (Examined(null).IsGood, Examined(null).Signature));
    }

    [Fact]
    public void WhoChangesFileAndListIsFoundByTheSignatureOnly()
    {
        const string file = "usr/lib/dooragent/dooragent.dll";
        string before = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_package[file])));
        File.WriteAllText(_package[file], "evil");
        string list = File.ReadAllText(_package[PackageList.Place]);
        _package.Write(PackageList.Place, list.Replace(before,
            Convert.ToHexStringLower(SHA256.HashData("evil"u8)), StringComparison.Ordinal));
        Assert.True(Examined(null).IsGood);
        InstallationReport report = Examined(_public);
        Assert.Empty(report.Flaws);
        Assert.Equal((false, SignatureState.Bad), (report.IsGood, report.Signature));
        Assert.Contains("NOT GOOD", VerifyInstallView.Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherKeyAndAMissingSignatureAreNotGood()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal(SignatureState.Bad, Examined(_keys.Write("other.pem", other.ExportSubjectPublicKeyInfoPem())).Signature);
        File.Delete(_package[PackageList.SignaturePlace]);
        Assert.Equal(SignatureState.Bad, Examined(_public).Signature);
        Assert.Equal(SignatureState.None, Examined(null).Signature);
    }

    [Fact]
    public void AFileThatIsNoKeyIsRefused()
    {
        Assert.Contains("is not a public key", Refusal(_keys.Write("text.pem", "no key")), StringComparison.Ordinal);
        Assert.Contains("does not exist", Refusal(_keys.File("none.pem")), StringComparison.Ordinal);
    }

    private string Refusal(string key) => Assert.Throws<UserErrorException>(() => Examined(key)).Message;

    private InstallationReport Examined(string? key) => VerifyInstallCommand.Examine(_package.Root, SmallPackage.Owner, key, isQuiet: true);
}
