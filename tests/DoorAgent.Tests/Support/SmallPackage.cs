using System.Globalization;
using DoorAgent.Storage;

namespace DoorAgent.Tests.Support;

/// <summary>A package of few small files, staged, packed by deploy/pack.sh and unpacked, as if installed below a root.</summary>
internal sealed class SmallPackage : IDisposable
{
    private const string Time = "1700000000";

    // Packed once for all tests.
    private static readonly Lazy<byte[]> Unsigned = new(() =>
    {
        using TempFolder folder = new();
        return Packed(folder, null);
    });

    private readonly TempFolder _folder = new();

    public SmallPackage(string? key = null)
    {
        Directory.CreateDirectory(Root);
        File.WriteAllBytes(_folder.File("package.deb"), key is null ? Unsigned.Value : Packed(_folder, key));
        Run("dpkg-deb", "-x", _folder.File("package.deb"), Root);
    }

    /// <summary>Root of the file system with the package.</summary>
    public string Root => _folder.File("root");

    /// <summary>The user that unpacked the package, and therefore owns its files.</summary>
    public static uint Owner => Libc.UserId;

    public string this[string path] => Path.Combine(Root, path);

    /// <summary>Packs the same files a second time, which were staged in another order and with other times and modes.</summary>
    /// <returns>The second package and the first.</returns>
    public (byte[] Second, byte[] First) PackedAgain()
    {
        string stage = _folder.File("again");
        Stage(stage, reversed: true);
        foreach (string file in Directory.EnumerateFiles(stage, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return (Pack(stage, null), Unsigned.Value);
    }

    /// <summary>Writes a new file, with its directory, that everybody may read.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
    }

    public void Dispose() => _folder.Dispose();

    private static void Stage(string stage, bool reversed)
    {
        (string Path, string Text)[] files =
        [
            ("DEBIAN/control", "Package: small\nVersion: 1.0\nArchitecture: all\nMaintainer: x <x@example.org>\nInstalled-Size: 0\n"
                + "Description: small\n"),
            ("DEBIAN/postinst", "#!/bin/sh\n"),
            ("usr/lib/dooragent/dooragent", "program"),
            ("usr/lib/dooragent/dooragent.dll", "library"),
            ("usr/lib/dooragent/builtin/models/door.onnx", "network"),
            ("usr/lib/systemd/system/dooragent.service", "[Service]\n"),
            ("usr/lib/udev/rules.d/60-dooragent.rules", "# rules\n"),
            ("usr/share/dooragent/dooragent.json", "{}\n"),
            ("usr/share/doc/dooragent/README.md", "# small\n"),
        ];
        foreach ((string path, string text) in reversed ? files.Reverse() : files)
        {
            string file = Path.Combine(stage, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        Directory.CreateDirectory(Path.Combine(stage, "usr/bin"));
        File.CreateSymbolicLink(Path.Combine(stage, "usr/bin/dooragent"), "../lib/dooragent/dooragent");
    }

    private static byte[] Packed(TempFolder folder, string? key)
    {
        string stage = folder.File("stage");
        Stage(stage, reversed: false);
        return Pack(stage, key);
    }

    private static byte[] Pack(string stage, string? key)
    {
        string package = stage + ".deb";
        Run("bash", ["deploy/pack.sh", stage, package, .. key is null ? Array.Empty<string>() : [key]]);
        return File.ReadAllBytes(package);
    }

    private static void Run(string program, params string[] arguments)
    {
        (int code, string said) = Script.Run(program, arguments, ("SOURCE_DATE_EPOCH", Time));
        if (code != 0)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} ended with {code}: {said}"));
    }
}
