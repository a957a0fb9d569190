#include "config.h"

#include "server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define SBIN "/usr/sbin:/sbin:/usr/bin:/bin"
#define PATIENCE_MS 60000

static G_GNUC_NORETURN G_GNUC_PRINTF(1, 2) void die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	printf("Bail out! %s\n", text);
	exit(99);
}

static char *
find_program(const char *name)
{
	g_auto(GStrv) places = g_strsplit(SBIN, ":", -1);

	for (char **place = places; *place; place++) {
		g_autofree char *path = g_build_filename(*place, name, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
			return g_steal_pointer(&path);
	}
	return NULL;
}

static gboolean
has_all(const char *const *names)
{
	for (; *names; names++) {
		g_autofree char *path = find_program(*names);
		if (!path) {
			printf("1..0 # SKIP %s is not installed\n", *names);
			return FALSE;
		}
	}
	return TRUE;
}

gboolean
ps_test_has_web(void)
{
	return has_all((const char *const[]){"nginx", "openssl", NULL});
}

gboolean
ps_test_has_sftp(void)
{
	const struct passwd *account = getpwuid(geteuid());
	const char *shell = account ? account->pw_shell : "";

	if (!account || g_str_has_suffix(shell, "/nologin") || g_str_has_suffix(shell, "/false")) {
		printf("1..0 # SKIP sshd lets nobody in with the account of this test\n");
		return FALSE;
	}
	return has_all((const char *const[]){"sshd", "ssh-keygen", NULL});
}

static void
write_file(const char *path, const char *text, mode_t mode)
{
	if (!g_file_set_contents(path, text, -1, NULL) || chmod(path, mode) != 0)
		die("%s can't be written", path);
}

/* Below the ports that connections go out from: between this moment and the server's own bind
 * nobody is given it by chance. */
#define PORT_FIRST 20000
#define PORT_COUNT 12000

static gboolean
is_free(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
				      .sin_port = htons((uint16_t)port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	gboolean yes = fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0;

	if (fd >= 0)
		close(fd);
	return yes;
}

static int
free_port(void)
{
	for (int i = 0; i < PORT_COUNT; i++) {
		int port = PORT_FIRST + (int)g_random_int_range(0, PORT_COUNT);
		if (is_free(port))
			return port;
	}
	die("no free port");
}

/* The file of the process id is written once the sockets listen: by nginx and by sshd. */
static int
watch(const char *dir)
{
	int notify = inotify_init1(IN_CLOEXEC);

	if (notify < 0 || inotify_add_watch(notify, dir, IN_CLOSE_WRITE) < 0)
		die("%s can't be watched", dir);
	return notify;
}

static gboolean
is_written(int notify, const char *name)
{
	union {
		struct inotify_event event;
		char bytes[4096];
	} buffer;
	ssize_t length = read(notify, &buffer, sizeof buffer);

	for (char *at = buffer.bytes; length > 0 && at < buffer.bytes + length;) {
		struct inotify_event event;
		memcpy(&event, at, sizeof event);
		if (event.len > 0 && strcmp(at + sizeof event, name) == 0)
			return TRUE;
		at += sizeof event + event.len;
	}
	return FALSE;
}

/* Closes `notify`. */
static void
wait_for(int notify, const char *name, GPid pid, const char *what)
{
	int process = (int)syscall(SYS_pidfd_open, pid, 0);
	struct pollfd polls[] = {{notify, POLLIN, 0}, {process, POLLIN, 0}};

	for (;;) {
		if (poll(polls, G_N_ELEMENTS(polls), PATIENCE_MS) <= 0)
			die("%s does not answer", what);
		if (polls[0].revents && is_written(notify, name))
			break;
		if (polls[1].revents)
			die("%s ended at once", what);
	}
	close(notify);
	if (process >= 0)
		close(process);
}

static void
run(const char *const *argv)
{
	int status = 0;
	GError *error = NULL;
	g_autofree char *said = NULL;

	if (!g_spawn_sync(NULL, (char **)argv, NULL,
			  G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said,
			  &status, &error) ||
	    status != 0)
		die("%s: %s", argv[0], error ? error->message : said);
}

/* A test that fails leaves its servers to nobody. */
static void
end_with_parent(gpointer user)
{
	(void)user;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static GPid
start(const char *program, const char *const *arguments)
{
	g_autofree char *path = find_program(program);
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	GPid pid;

	g_ptr_array_add(argv, path);
	for (; *arguments; arguments++)
		g_ptr_array_add(argv, (gpointer)*arguments);
	g_ptr_array_add(argv, NULL);
	if (!g_spawn_async(NULL, (char **)argv->pdata, NULL,
			   G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
				   G_SPAWN_STDERR_TO_DEV_NULL,
			   end_with_parent, NULL, &pid, NULL))
		die("%s can't be started", program);
	return pid;
}

static void
stop(GPid pid, int signal)
{
	if (pid <= 0)
		return;
	kill(pid, signal);
	waitpid(pid, NULL, 0);
}

/* ---- nginx ---- */

static void
make_certificate(PsTestServer *server)
{
	g_autofree char *key = g_build_filename(server->dir, "tls.key", NULL);

	server->ca_file = g_build_filename(server->dir, "tls.pem", NULL);
	run((const char *const[]){
		"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
		"-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
		"subjectAltName=DNS:localhost,DNS:example.com,DNS:www.example.com,"
		"DNS:csaf.data.security.example.com,IP:127.0.0.1",
		"-keyout", key, "-out", server->ca_file, NULL});
}

static char *
nginx_configuration(const PsTestServer *server, const char *extra)
{
	return g_strdup_printf(
		"daemon off; master_process off; pid %s/nginx.pid; error_log %s/error.log;\n"
		"%s"
		"events { worker_connections 64; }\n"
		"http { access_log %s/access.log;\n"
		"client_body_temp_path %s/t1; proxy_temp_path %s/t2; fastcgi_temp_path %s/t3;\n"
		"uwsgi_temp_path %s/t4; scgi_temp_path %s/t5;\n"
		"types { application/json json; text/plain txt asc sha256 sha512 csv; text/html "
		"html; }\n"
		"server { listen 127.0.0.1:%d; listen 127.0.0.1:%d ssl; root %s;\n"
		"ssl_certificate %s; ssl_certificate_key %s/tls.key;\n%s\n} }\n",
		server->dir, server->dir, geteuid() == 0 ? "user root;\n" : "", server->dir,
		server->dir, server->dir, server->dir, server->dir, server->dir, server->http_port,
		server->https_port, server->root, server->ca_file, server->dir, extra ? extra : "");
}

PsTestServer *
ps_test_web_new(const char *dir, const char *extra)
{
	PsTestServer *server = g_new0(PsTestServer, 1);
	g_autofree char *file = g_build_filename(dir, "nginx.conf", NULL),
			*log = g_build_filename(dir, "error.log", NULL);

	server->dir = g_strdup(dir);
	server->root = g_build_filename(dir, "www", NULL);
	g_mkdir_with_parents(server->root, 0755);
	make_certificate(server);
	server->http_port = free_port();
	server->https_port = free_port();
	g_autofree char *text = nginx_configuration(server, extra);
	write_file(file, text, 0600);
	int notify = watch(dir);
	server->nginx =
		start("nginx", (const char *const[]){"-e", log, "-p", dir, "-c", file, NULL});
	wait_for(notify, "nginx.pid", server->nginx, "nginx");
	return server;
}

/* ---- sshd ---- */

static void
write_sshd_configuration(const PsTestServer *server, const char *file, const char *host_key)
{
	g_autofree char *text = g_strdup_printf(
		"ListenAddress 127.0.0.1:%d\nHostKey %s\nAuthorizedKeysFile %s.pub\nPidFile "
		"%s/sshd.pid\n"
		"StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n"
		"KbdInteractiveAuthentication no\nSubsystem sftp internal-sftp\n",
		server->ssh_port, host_key, server->key, server->dir);

	write_file(file, text, 0600);
}

static void
write_known_hosts(PsTestServer *server, const char *host_key)
{
	g_autofree char *public = g_strconcat(host_key, ".pub", NULL), *key = NULL;

	server->known_hosts = g_build_filename(server->dir, "known_hosts", NULL);
	if (!g_file_get_contents(public, &key, NULL, NULL))
		die("%s can't be read", public);
	g_autofree char *line = g_strdup_printf("[localhost]:%d %s", server->ssh_port, key);
	write_file(server->known_hosts, line, 0600);
}

void
ps_test_sftp_start(PsTestServer *server)
{
	g_autofree char *host_key = g_build_filename(server->dir, "host", NULL),
			*file = g_build_filename(server->dir, "sshd_config", NULL);

	server->key = g_build_filename(server->dir, "login", NULL);
	const char *const keys[] = {host_key, server->key};
	for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
		run((const char *const[]){"ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f",
					  keys[i], NULL});
	server->ssh_port = free_port();
	write_sshd_configuration(server, file, host_key);
	write_known_hosts(server, host_key);
	/* where the server itself wants its directory, as the system's start script makes it */
	if (geteuid() == 0)
		g_mkdir_with_parents("/run/sshd", 0755);
	int notify = watch(server->dir);
	server->sshd = start("sshd", (const char *const[]){"-D", "-e", "-f", file, NULL});
	wait_for(notify, "sshd.pid", server->sshd, "sshd");
}

void
ps_test_server_free(PsTestServer *server)
{
	if (!server)
		return;
	/* a polite signal that comes before nginx first waits for events is seen after them only */
	stop(server->nginx, SIGKILL);
	stop(server->sshd, SIGTERM);
	g_free(server->dir);
	g_free(server->root);
	g_free(server->ca_file);
	g_free(server->known_hosts);
	g_free(server->key);
	g_free(server);
}

char *
ps_test_https(const PsTestServer *server, const char *path)
{
	return g_strdup_printf("https://localhost:%d/%s", server->https_port, path);
}

char *
ps_test_http(const PsTestServer *server, const char *path)
{
	return g_strdup_printf("http://localhost:%d/%s", server->http_port, path);
}

void
ps_test_web_put(const PsTestServer *server, const char *path, const char *text)
{
	g_autofree char *file = g_build_filename(server->root, path, NULL),
			*folder = g_path_get_dirname(file);

	g_mkdir_with_parents(folder, 0755);
	write_file(file, text, 0644);
}
