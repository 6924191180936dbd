using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

/// <summary>Tests deploy/licences.sh, which writes the licences of the libraries in the package.</summary>
public sealed class LicencesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public LicencesTests()
    {
        Directory.CreateDirectory(_folder.File("program"));
        Write("program/dooragent.deps.json", """
            {
              "targets": {
                ".NETCoreApp": {
                  "dooragent/1.0.0": {
                    "runtime": {
                      "dooragent.dll": {}
                    }
                  },
                  "runtimepack.The.Runtime/10.0.1": {
                    "runtime": {
                      "System.dll": {
                        "assemblyVersion": "10.0.0.0"
                      }
                    }
                  },
                  "Some.Library/2.3.4": {
                    "dependencies": {
                      "Of.No.Files": "1.0.0"
                    },
                    "runtime": {
                      "lib/net10.0/Some.Library.dll": {
                        "assemblyVersion": "2.0.0.0"
                      }
                    }
                  },
                  "Of.No.Files/1.0.0": {}
                }
              },
              "libraries": {
                "dooragent/1.0.0": {
                  "type": "project"
                }
              }
            }
            """.Replace("\r", "", StringComparison.Ordinal));
        Write("program/dooragent.dll", "");
        Write("program/System.dll", "");
        Write("program/Some.Library.dll", "");
        Package("the.runtime/10.0.1", """<license type="expression">MIT</license><copyright>The Runtime's authors</copyright>""",
            ("LICENSE.TXT", "runtime"), ("THIRD-PARTY-NOTICES.TXT", "notices"));
        Package("some.library/2.3.4",
            """<license type="expression">MIT</license><copyright>Copyright 2026</copyright><authors>Somebody</authors>""",
            ("ThirdPartyNotices.txt", "notices"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachLibraryIsNamedWithVersionHolderAndLicence()
    {
        string copyright = Written();
        Assert.Contains("Files: usr/lib/dooragent/System.dll\nCopyright: The Runtime's authors\nLicense: MIT\nComment: The.Runtime 10.0.1",
            copyright, StringComparison.Ordinal);
        Assert.Contains(
            "Files: usr/lib/dooragent/Some.Library.dll\nCopyright: Copyright 2026 Somebody\nLicense: MIT\nComment: Some.Library 2.3.4",
            copyright, StringComparison.Ordinal);
        Assert.DoesNotContain("Of.No.Files", copyright, StringComparison.Ordinal);
        Assert.Contains("\nLicense: MIT\n Permission is hereby granted", copyright, StringComparison.Ordinal);
    }

    [Fact]
    public void LicencesAndNoticesAreIncludedEachTextOnce()
    {
        Written();
        Assert.Equal("runtime", File.ReadAllText(_folder.File("doc/licences/The.Runtime/LICENSE.TXT")));
        FileInfo second = new(_folder.File("doc/licences/The.Runtime/THIRD-PARTY-NOTICES.TXT"));
        Assert.Equal("../Some.Library/ThirdPartyNotices.txt", second.LinkTarget);
        Assert.Equal("notices", File.ReadAllText(second.FullName));
    }

    [Fact]
    public void ALicenceInAFileOfThePackageIsReferencedByItsPath()
    {
        Package("some.library/2.3.4", """<license type="file">LICENSE.md</license>""", ("LICENSE.md", "its own words"));
        string copyright = Written();
        Assert.Contains("License: Some.Library-licence\n Its text is /usr/share/doc/dooragent/licences/Some.Library/LICENSE.md.",
            copyright, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<licenseUrl>http://localhost/licence</licenseUrl>")]
    [InlineData("""<license type="expression">Unheard-Of-1.0</license>""")]
    public void ALibraryWithoutALicenceIsRefused(string metadata)
    {
        Package("some.library/2.3.4", metadata);
        (int code, string said) = Run();
        Assert.Equal(1, code);
        Assert.Contains("Some.Library/2.3.4", said, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatComesFromNoPackageIsRefused()
    {
        Write("program/Stray.dll", "");
        (int code, string said) = Run();
        Assert.Equal(1, code);
        Assert.Contains("Stray.dll comes from no package", said, StringComparison.Ordinal);
    }

    private void Package(string place, string metadata, params (string Name, string Text)[] files)
    {
        string folder = Path.Combine("packages", place);
        if (Directory.Exists(_folder.File(folder)))
            Directory.Delete(_folder.File(folder), recursive: true);
        Write(Path.Combine(folder, "it.nuspec"), $"<package>\n{metadata.Replace("><", ">\n<", StringComparison.Ordinal)}\n</package>\n");
        foreach ((string name, string text) in files)
            Write(Path.Combine(folder, name), text);
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        _folder.Write(name, text);
    }

    private string Written()
    {
        (int code, string said) = Run();
        Assert.True(code == 0, said);
        return File.ReadAllText(_folder.File("doc/copyright"));
    }

    private (int Code, string Said) Run() =>
        Script.Run("bash", ["deploy/licences.sh", _folder.File("program"), _folder.File("packages"), _folder.File("doc")]);
}
