using DoorAgent.Diagnostics;
using DoorAgent.Networks;
using DoorAgent.Tests.Diagnostics;

namespace DoorAgent.Tests.Networks;

public sealed class NativeLibrariesTests
{
    private const string NotThere = """
        Unable to load shared library 'OpenCvSharpExtern' or one of its dependencies. In order to help diagnose loading problems, consider using a tool like strace.
        /usr/lib/dooragent/OpenCvSharpExtern.so: cannot open shared object file: No such file or directory
        """;

    [Fact]
    public void TheLibraryThatAnotherOneWantsIsNamed()
    {
        string? said = NativeLibraries.Problem(new DllNotFoundException(NotThere + "\nlibgtk-3.so.0: cannot open shared object file: No such file or directory"));
        Assert.StartsWith("A native library does not load: libgtk-3.so.0: cannot open shared object file. OpenCV's needs", said, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereNoneIsNamedItIsTheOneThatWasToBeLoaded()
    {
        string? said = NativeLibraries.Problem(new TypeInitializationException("it", new DllNotFoundException(NotThere)));
        Assert.StartsWith("A native library does not load: Unable to load shared library 'OpenCvSharpExtern' or one of its dependencies. OpenCV's needs", said, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatHasAnotherReasonIsNotItsBusiness() => Assert.Null(NativeLibraries.Problem(new InvalidOperationException()));

    [Fact]
    public async Task TheDoctorSaysOfALibraryOfAnotherVersionThatItIsAFault()
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

        public Task RunAsync(DoctorContext door, Findings findings, CancellationToken cancellationToken) =>
            throw new TypeInitializationException("it", new EntryPointNotFoundException("Unable to find an entry point named 'redirectError' in shared library 'OpenCvSharpExtern'."));
    }
}
