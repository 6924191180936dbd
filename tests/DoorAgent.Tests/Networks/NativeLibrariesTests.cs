using DoorAgent.Diagnostics;
using DoorAgent.Networks;
using DoorAgent.Tests.Diagnostics;

namespace DoorAgent.Tests.Networks;

public sealed class NativeLibrariesTests
{
    private const string NotLoaded = "Unable to load shared library 'OpenCvSharpExtern' or one of its dependencies";

    private const string LoaderMessage = NotLoaded + """
        . In order to help diagnose loading problems, consider using a tool like strace.
        /usr/lib/dooragent/OpenCvSharpExtern.so: cannot open shared object file: No such file or directory
        """;

    [Fact]
    public void AMissingDependencyIsNamed()
    {
        const string Missing = "\nlibgtk-3.so.0: cannot open shared object file: No such file or directory";
        string? problem = NativeLibraries.Problem(new DllNotFoundException(LoaderMessage + Missing));
        Assert.StartsWith("A native library does not load: libgtk-3.so.0: cannot open shared object file. OpenCV's needs",
            problem, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutANamedDependencyTheLibraryItselfIsReported()
    {
        string? problem = NativeLibraries.Problem(new TypeInitializationException("it", new DllNotFoundException(LoaderMessage)));
        Assert.StartsWith($"A native library does not load: {NotLoaded}. OpenCV's needs", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherExceptionsAreNotExplained() => Assert.Null(NativeLibraries.Problem(new InvalidOperationException()));

    [Fact]
    public async Task TheDoctorReportsALibraryOfAnotherVersionAsAFault()
    {
        using SomeDoor door = new();
        Finding finding = Assert.Single(await door.FindAsync<OfAnotherVersion>());
        Assert.Equal(FindingLevel.Fault, finding.Level);
        Assert.Contains("of another version than the program", finding.What, StringComparison.Ordinal);
        Assert.StartsWith("A package made with --opencv-native", finding.Next, StringComparison.Ordinal);
    }

    private sealed class OfAnotherVersion : ICheck
    {
        public string Name => "libraries";

        public Task LookAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken) =>
            throw new TypeInitializationException("it", new EntryPointNotFoundException(
                "Unable to find an entry point named 'redirectError' in shared library 'OpenCvSharpExtern'."));
    }
}
