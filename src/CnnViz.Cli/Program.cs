using System.CommandLine;

return new RootCommand("Looks inside convolutional networks.").Parse(args).Invoke();
